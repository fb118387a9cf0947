/**
 * The tokens that a client gets on its way to an XSTS token, which is a session. They are no part of the world: an
 * export does not have them, and a reset does not remove them.
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
