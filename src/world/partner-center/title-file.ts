import { Type, type Static } from '@sinclair/typebox'
import { isHexadecimalOnly } from '../../base/integers.ts'
import { fillDefaults, findProblems, type Problem } from '../../base/validation.ts'
import { GAMERTAG_EXPECTED, PATTERNS, WorldTitle } from '../schema.ts'

const { achievements, defaultLocale, ...members } = WorldTitle.properties

/** Stands for the id of an image in the pattern of its URL. */
export const ICON_ID = '{id}'

/** The URL of the image with an id. */
export const iconUrlOf = (id: string, pattern: string): string => pattern.replaceAll(ICON_ID, () => id)

/**
 * `title.json`: what Partner Center's two documents do not say of a title. It has the members of a title of a
 * world, without those that the documents contain, and:
 *
 * - `user`: the gamertag of a user to add, who gets a session;
 * - `iconUrl`: the URL of an achievement's image, with `{id}` for the id of the image.
 */
export const TitleFile = Type.Object({
  $schema: Type.Optional(Type.String()),
  ...members,
  user: Type.Union([Type.String({ pattern: PATTERNS.gamertag }), Type.Null()], { default: null, errorMessage: `${GAMERTAG_EXPECTED}, or null` }),
  iconUrl: Type.String({ pattern: '\\{id\\}', default: `https://images.example.com/${ICON_ID}.png`, errorMessage: `an address with ${ICON_ID} in the place of the id, e.g. "https://images.example.com/${ICON_ID}.png"` })
}, { additionalProperties: false, errorMessage: 'an object with titleId, name and serviceConfigId' })

export type TitleFile = Static<typeof TitleFile>

/** A title file with its defaults filled in, and its problems. */
export function checkTitleFile (document: unknown): { title: TitleFile, found: ReturnType<typeof findProblems> } {
  const title = fillDefaults(TitleFile, document) as TitleFile
  const { problems, total } = findProblems(TitleFile, title)
  return { title, found: { problems: problems.map((problem) => problem.path === '/titleId' ? inDecimal(problem, title.titleId) : problem), total } }
}

/** Adds the decimal number to the problem of a hexadecimal title id: Partner Center shows it so, and JSON has no such numbers. */
function inDecimal (problem: Problem, titleId: unknown): Problem {
  const text = typeof titleId === 'string' ? titleId : ''
  const hexadecimal = isHexadecimalOnly(text) ? `0x${text}` : text
  return /^0x[\da-f]{1,8}$/i.test(hexadecimal) ? { ...problem, message: `${problem.message}: ${Number(hexadecimal)} for ${hexadecimal}` } : problem
}
