/** All sessions of a token are looked up, whatever their user hashes: `x=-` and `x=*` name none. */
export const sessionsByToken = /* sql */ `
CREATE INDEX session_by_token ON session (token);
`
