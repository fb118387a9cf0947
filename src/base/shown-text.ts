/** Characters that move the cursor of a terminal, or hide or turn round what follows. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
/** Those of them that may stand in JSON as they are. */
const UNPRINTABLE_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** A text as a terminal may be sent it: names, addresses and messages are somebody else's. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escapeAll)

/** JSON as a terminal may be sent it: the same JSON. */
export const printableJson = (json: string): string => json.replace(UNPRINTABLE_IN_JSON, escapeAll)

const escapeAll = (text: string): string => text.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** A text, cut when it is longer than a line should be. */
export const shorten = (text: string, length: number): string => text.length > length ? `${text.slice(0, length)}…` : text
