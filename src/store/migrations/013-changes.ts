/**
 * What operations have changed, for processes that share the file. It is no part of the world.
 * (docs/decisions/0052-feed.md)
 */
export const changes = /* sql */ `
-- One row for each transaction while somebody listens. AUTOINCREMENT: a number is not used again after its row is deleted,
-- and that of a transaction that is rolled back is the next one's, so whoever finds a number missing has missed something.
CREATE TABLE change (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The length of this row and of all before it.
  total INTEGER NOT NULL,
  -- A JSON array of changes; null when they are too long to be kept.
  changes TEXT
) STRICT;

-- The processes that listen. Whoever writes when all of them have ended deletes them: one that finds its row gone has missed something.
CREATE TABLE listener (
  id TEXT NOT NULL PRIMARY KEY,
  -- In ms since 1970, on the machine's clock.
  ends INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
