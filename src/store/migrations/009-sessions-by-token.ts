/**
 * Adds an index by which all sessions of a token are found, for the headers `XBL3.0 x=-` and `XBL3.0 x=*`.
 * A session whose user hash is `-` or `*` could not be named by any header, so those are deleted.
 */
export const sessionsByToken = /* sql */ `
UPDATE world SET recording = 0;
DELETE FROM session WHERE user_hash IN ('-', '*');
DELETE FROM undo_session WHERE user_hash IN ('-', '*');
UPDATE world SET recording = 1;
CREATE INDEX session_by_token ON session (token);
`
