/**
 * A session that was made and has ended leaves nothing to undo. Sign-ins make and end any number of
 * them, and those that are there to undo are counted.
 */
export const endedSessions = /* sql */ `
CREATE TRIGGER session_ended AFTER DELETE ON session WHEN (SELECT recording FROM world) BEGIN
  DELETE FROM undo_session WHERE row = old.row AND NOT existed;
END;
DELETE FROM undo_session WHERE NOT existed AND row NOT IN (SELECT row FROM session);
`
