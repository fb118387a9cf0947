import { escapeText, isWritable } from '../../base/escape-xml.ts'

/**
 * Pictures that the emulator draws for achievements without an icon. All that is drawn is in the path,
 * so that a picture is the same whatever the world is, and tells nothing of it.
 */

/** What is drawn. */
export interface Picture {
  /** Decides the colour. */
  readonly guid: string
  /** One or two letters, as a reader counts them. */
  readonly initials: string
}

/** A letter with all that combines with it is no longer than that, in UTF-16; of a longer one its first character stands for it. */
const LONGEST_LETTER = 16
/** How long the initials are at most, in UTF-16. */
export const LONGEST_INITIALS = 2 * LONGEST_LETTER
const NO_INITIALS = '?'

/** The first letters of the first two words of a name; a question mark where it has none that can be drawn. */
export function initialsOf (name: string): string {
  const [first = '', second = ''] = name.trim().split(/\s+/, 2)
  return [first, second].map(firstLetterOf).filter(isWritable).join('') || NO_INITIALS
}

function firstLetterOf (word: string): string {
  // Not made before it is needed: the first one takes as long as much of the start.
  const [letter] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word.slice(0, LONGEST_LETTER + 1))
  if (letter === undefined) return ''
  return letter.segment.length > LONGEST_LETTER ? String.fromCodePoint(word.codePointAt(0) as number) : letter.segment
}

/** The path of a picture, percent-encoded. */
export const picturePathOf = ({ guid, initials }: Picture): string => `/pictures/${guid}/${encodeURIComponent(initials)}.svg`

/** A picture as SVG, 128 pixels square: white letters on a colour that is dark enough for them. */
export function drawPicture ({ guid, initials }: Picture): string {
  const hue = parseInt(guid.slice(0, 8), 16) % 360
  return `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
<rect width="128" height="128" fill="hsl(${hue},45%,35%)"/>
<text x="64" y="64" fill="#fff" font-family="sans-serif" font-size="56" text-anchor="middle" dominant-baseline="central">${escapeText(initials)}</text>
</svg>
`
}
