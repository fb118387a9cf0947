import { MUTABLE_TABLES, undoLog } from './002-undo.ts'

const SESSION_COLUMNS = [...MUTABLE_TABLES.session.key, ...MUTABLE_TABLES.session.rest].join(', ')

/**
 * A session may name the title of a published application that the world does not have, so its title is a reference no
 * more. And the tokens of devices and titles get a table: like other tokens of sign-ins, they are no part of the world.
 */
export const xal = /* sql */ `
DROP TRIGGER session_insert;
DROP TRIGGER session_update;
DROP TRIGGER session_delete;
DROP TRIGGER session_ended;
DROP INDEX session_by_person;
DROP INDEX session_by_title;
DROP INDEX session_by_token;
CREATE TABLE old_session AS SELECT * FROM session;
CREATE TABLE old_undo_session AS SELECT * FROM undo_session;
DROP TABLE session;
DROP TABLE undo_session;

CREATE TABLE session (
  row INTEGER PRIMARY KEY,
  user_hash TEXT NOT NULL,
  token TEXT NOT NULL,
  person INTEGER REFERENCES person,
  -- A title, or that of a published application.
  title_id INTEGER CHECK (title_id BETWEEN 0 AND 4294967295),
  sandbox TEXT,
  location TEXT,
  third_party_site INTEGER NOT NULL,
  expires TEXT,
  UNIQUE (user_hash, token)
) STRICT;
${undoLog('session', MUTABLE_TABLES.session)}
CREATE TRIGGER session_ended AFTER DELETE ON session WHEN (SELECT recording FROM world) BEGIN
  DELETE FROM undo_session WHERE row = old.row AND NOT existed;
END;

UPDATE world SET recording = 0;
INSERT INTO session (${SESSION_COLUMNS}) SELECT ${SESSION_COLUMNS} FROM old_session;
INSERT INTO undo_session (existed, ${SESSION_COLUMNS}) SELECT existed, ${SESSION_COLUMNS} FROM old_undo_session;
DROP TABLE old_session;
DROP TABLE old_undo_session;
UPDATE world SET recording = 1;

CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_token ON session (token);

CREATE TABLE xal_token (
  row INTEGER PRIMARY KEY,
  -- An XSTS token is a session: here is the key that its holder signs with.
  kind TEXT NOT NULL CHECK (kind IN ('device', 'title', 'xsts')),
  token TEXT NOT NULL UNIQUE,
  -- The id of the device; of an XSTS token, the user hash.
  owner TEXT NOT NULL,
  -- Of a title token: the title claim.
  title_id INTEGER,
  -- JSON: the public key with which the requests of its holder are signed.
  proof_key TEXT,
  expires TEXT NOT NULL
) STRICT;
CREATE INDEX xal_token_by_owner ON xal_token (owner, kind);
`
