/** Finds the oldest tokens of a user and kind, of which a limited number is kept. */
export const signInByUser = /* sql */ `
CREATE INDEX sign_in_token_by_user ON sign_in_token (xuid, kind);
`
