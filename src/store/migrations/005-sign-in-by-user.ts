/** Adds an index by which the oldest tokens of a user and kind are found: only so many are stored. */
export const signInByUser = /* sql */ `
CREATE INDEX sign_in_token_by_user ON sign_in_token (xuid, kind);
`
