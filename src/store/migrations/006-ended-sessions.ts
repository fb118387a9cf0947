/**
 * Removes a session from the undo log when it was added after the world was seeded and is deleted. Sign-ins add and
 * delete any number of sessions, and the added ones in the log are counted.
 */
export const endedSessions = /* sql */ `
CREATE TRIGGER session_ended AFTER DELETE ON session WHEN (SELECT recording FROM world) BEGIN
  DELETE FROM undo_session WHERE row = old.row AND NOT existed;
END;
DELETE FROM undo_session WHERE NOT existed AND row NOT IN (SELECT row FROM session);
`
