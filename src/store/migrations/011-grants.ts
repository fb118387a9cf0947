/**
 * What the tokens of sign-ins were granted for, and the codes that a device shows to a person. Tokens that were issued
 * before are those of any application. Like tokens, device codes are no part of the world.
 */
export const grants = /* sql */ `
ALTER TABLE sign_in_token ADD COLUMN client_id TEXT;
ALTER TABLE sign_in_token ADD COLUMN scope TEXT;
ALTER TABLE sign_in_token ADD COLUMN redirect_uri TEXT;
ALTER TABLE sign_in_token ADD COLUMN code_challenge TEXT;
ALTER TABLE sign_in_token ADD COLUMN challenge_method TEXT CHECK (challenge_method IN ('S256', 'plain'));

CREATE TABLE device_code (
  -- Never used again, so that the newest ones are known by number.
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  device_code TEXT NOT NULL UNIQUE,
  user_code TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  expires TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'slowDown', 'approved', 'declined', 'used')),
  -- Who signs in, once it is approved. Not a reference: a user may go, and come back with a reset.
  xuid TEXT CHECK ((xuid IS NOT NULL) = (state IN ('approved', 'used')))
) STRICT;
`
