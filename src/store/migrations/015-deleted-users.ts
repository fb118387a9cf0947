/** Users who were deleted, so that they can come back as they were. They are no part of the world, and forgotten when it is another one. */
export const deletedUsers = /* sql */ `
CREATE TABLE deleted_user (
  row INTEGER PRIMARY KEY,
  xuid TEXT NOT NULL UNIQUE,
  gamertag TEXT NOT NULL COLLATE NOCASE,
  -- JSON: the rows that were deleted, by table.
  deleted TEXT NOT NULL
) STRICT;
CREATE INDEX deleted_user_by_gamertag ON deleted_user (gamertag);
`
