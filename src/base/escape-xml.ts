/** Characters that XML 1.0 cannot contain (section 2.2, Char), among them lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

/** Tells whether XML can contain every character of a text. */
export const isXmlText = (text: string): boolean => text.search(FORBIDDEN) === -1

/** Escapes a text for the content of an element. Characters that XML cannot contain become U+FFFD. */
export const escapeText = (text: string): string => escapeCharacters(text, /[&<>\r]/g)

/** Escapes a text for an attribute in double quotes, in the same way. */
export const escapeAttribute = (text: string): string => escapeCharacters(text, /[&<>"\t\n\r]/g)

// Line breaks and tabs are escaped, because a parser normalizes them: to \n in content, to spaces in attributes.
const escapeCharacters = (text: string, special: RegExp): string =>
  text.replace(FORBIDDEN, '\uFFFD').replace(special, (character) => ESCAPES[character] as string)
