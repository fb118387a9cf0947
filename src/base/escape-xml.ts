/** Characters that XML 1.0 has no way to write; half a pair of surrogates is one. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

/** Whether every character of a text can be written in XML. */
export const isWritable = (text: string): boolean => text.search(UNWRITABLE) === -1

/** A text as it is written in an element; what cannot be written becomes U+FFFD. */
export const escapeText = (text: string): string => escape(text, /[&<>\r]/g)

/** A text as it is written in an attribute, between double quotes. */
export const escapeAttribute = (text: string): string => escape(text, /[&<>"\t\n\r]/g)

// A line break that is no reference is read as \n, and as a space in an attribute.
const escape = (text: string, special: RegExp): string =>
  text.replace(UNWRITABLE, '\uFFFD').replace(special, (character) => ESCAPES[character] as string)
