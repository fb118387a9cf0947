/** The tokens of a user and kind, oldest first: each has a bound of its own. */
export const signInByUser = /* sql */ `
CREATE INDEX sign_in_token_by_user ON sign_in_token (xuid, kind);
`
