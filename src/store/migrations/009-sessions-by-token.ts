/**
 * All sessions of a token are looked up, whatever their user hashes: `x=-` and `x=*` name none. So nobody
 * can name a session whose user hash is one of these, and no world may have it any more.
 */
export const sessionsByToken = /* sql */ `
UPDATE world SET recording = 0;
DELETE FROM session WHERE user_hash IN ('-', '*');
DELETE FROM undo_session WHERE user_hash IN ('-', '*');
UPDATE world SET recording = 1;
CREATE INDEX session_by_token ON session (token);
`
