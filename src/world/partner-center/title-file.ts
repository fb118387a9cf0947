import { Type, type Static } from '@sinclair/typebox'
import { isHexadecimalAlone } from '../../base/integers.ts'
import { fillDefaults, findProblems, type Problem } from '../../base/validation.ts'
import { GAMERTAG_EXPECTED, PATTERNS, Title } from '../schema.ts'

const { achievements, defaultLocale, ...members } = Title.properties

/** The place of an image's id in the pattern of its URL. */
export const ICON_ID = '{id}'

/** Where the image of an id is, by the pattern of its URL. */
export const iconUrlOf = (id: string, pattern: string): string => pattern.replaceAll(ICON_ID, () => id)

/**
 * What Partner Center's two documents do not say of a title: `title.json`. Its members are those of a
 * title of a world, but for those that the documents hold, and:
 *
 * - `user`: the gamertag of a user to play with, who gets a session;
 * - `iconUrl`: where the image of an achievement is, `{id}` standing for its id.
 */
export const TitleFile = Type.Object({
  $schema: Type.Optional(Type.String()),
  ...members,
  user: Type.Union([Type.String({ pattern: PATTERNS.gamertag }), Type.Null()], { default: null, errorMessage: `${GAMERTAG_EXPECTED}, or null` }),
  iconUrl: Type.String({ pattern: '\\{id\\}', default: `https://images.example.com/${ICON_ID}.png`, errorMessage: `an address with ${ICON_ID} in the place of the id, e.g. "https://images.example.com/${ICON_ID}.png"` })
}, { additionalProperties: false, errorMessage: 'an object with titleId, name and serviceConfigId' })

export type TitleFile = Static<typeof TitleFile>

type Found = ReturnType<typeof findProblems>

/** A title file with its defaults filled in, or what is wrong with it. */
export function checkTitleFile (document: unknown): { title: TitleFile, found: Found } {
  const title = fillDefaults(TitleFile, document) as TitleFile
  const { problems, total } = findProblems(TitleFile, title)
  return { title, found: { problems: problems.map((problem) => problem.path === '/titleId' ? inDecimal(problem, title.titleId) : problem), total } }
}

/** The portal writes a title id in hexadecimal, which JSON does not know. */
function inDecimal (problem: Problem, titleId: unknown): Problem {
  const text = typeof titleId === 'string' ? titleId : ''
  const hexadecimal = isHexadecimalAlone(text) ? `0x${text}` : text
  return /^0x[\da-f]{1,8}$/i.test(hexadecimal) ? { ...problem, message: `${problem.message}: ${Number(hexadecimal)} for ${hexadecimal}` } : problem
}
