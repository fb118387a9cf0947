/** The codes with which a connection is often ended, and what they say. (RFC 6455, 7.4.1) */
export const CLOSE_CODES: ReadonlyArray<readonly [code: string, words: string]> = [
  ['1000', 'normal'], ['1001', 'going away'], ['1008', 'policy: the token has ended'], ['1011', 'internal error'], ['1012', 'restart'], ['1013', 'try again later'], ['4000', 'the application\'s own'], ['cut', 'no close frame: a network that fails']
]
