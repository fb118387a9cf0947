import { escapeText, isXmlText } from '../base/escape-xml.ts'
import { deriveGuid } from '../base/guid.ts'
import type { AchievementDefinition, MediaAsset } from '../model/achievement.ts'

/**
 * A picture that the emulator draws for an achievement without an icon. The path contains all that is
 * drawn, so that the picture does not depend on the world and reveals nothing of it.
 */
export interface Picture {
  /** Decides the colour. */
  readonly guid: string
  /** One or two letters (grapheme clusters). */
  readonly initials: string
}

/** The most UTF-16 code units of one grapheme cluster. A longer one is replaced by its first character. */
const LONGEST_LETTER = 16
/** The most UTF-16 code units of the initials. */
export const LONGEST_INITIALS = 2 * LONGEST_LETTER
const NO_INITIALS = '?'

/** The first letters of the first two words of a name; a question mark when neither can be written in XML. */
export function initialsOf (name: string): string {
  const [first = '', second = ''] = name.trim().split(/\s+/, 2)
  return [first, second].map(firstLetterOf).filter(isXmlText).join('') || NO_INITIALS
}

function firstLetterOf (word: string): string {
  // Created when it is needed, because the first segmenter takes a noticeable part of the start.
  const [letter] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word.slice(0, LONGEST_LETTER + 1))
  if (letter === undefined) return ''
  return letter.segment.length > LONGEST_LETTER ? String.fromCodePoint(word.codePointAt(0) as number) : letter.segment
}

/** The path of a picture, percent-encoded. */
export const picturePathOf = ({ guid, initials }: Picture): string => `/pictures/${guid}/${encodeURIComponent(initials)}.svg`

/**
 * The icon that the emulator draws for an achievement without one: every achievement of the live service has an icon.
 *
 * @param name the name of the achievement.
 * @param origin where the picture is served, e.g. `http://127.0.0.1:5280`.
 */
export function drawnIconOf ({ serviceConfigId, id }: Pick<AchievementDefinition, 'serviceConfigId' | 'id'>, { name, origin }: { name: string, origin: string }): MediaAsset {
  const guid = deriveGuid(`icon of ${serviceConfigId}/${id}`)
  return { name: guid, type: 'Icon', url: origin + picturePathOf({ guid, initials: initialsOf(name) }) }
}

/** A picture as SVG, 128 pixels square: white letters on a colour of sufficient contrast. */
export function drawPicture ({ guid, initials }: Picture): string {
  const hue = parseInt(guid.slice(0, 8), 16) % 360
  return `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
<rect width="128" height="128" fill="hsl(${hue},45%,35%)"/>
<text x="64" y="64" fill="#fff" font-family="sans-serif" font-size="56" text-anchor="middle" dominant-baseline="central">${escapeText(initials)}</text>
</svg>
`
}
