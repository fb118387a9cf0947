/** Characters that move the cursor of a terminal, or hide or turn round what follows. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A text as a terminal may be sent it: names and addresses are somebody else's. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '·')

/** A text, cut when it is longer than a line should be. */
export const shorten = (text: string, length: number): string => text.length > length ? `${text.slice(0, length)}…` : text
