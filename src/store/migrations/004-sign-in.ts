/**
 * What a client is given on its way to an XSTS token, which is a session. None of it is a part of the
 * world: no export has it, and a reset leaves it.
 */
export const signIn = /* sql */ `
CREATE TABLE sign_in_token (
  row INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('code', 'access', 'refresh', 'user')),
  token TEXT NOT NULL UNIQUE,
  -- Not a reference: a user may go, and come back with a reset.
  xuid TEXT NOT NULL,
  expires TEXT NOT NULL
) STRICT;
`
