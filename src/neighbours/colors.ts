import { Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { object } from '../http/answer-schema.ts'
import { PUBLIC_ROUTE } from '../http/callers.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { UserDetails } from '../model/user-details.ts'

const preferredColorText = (description: string) => Type.String({ pattern: '^[0-9a-fA-F]{6}$', description })

/** The colours that a user prefers. */
export const PreferredColor = object({
  primaryColor: preferredColorText('For what stands out, as six hexadecimal digits.'),
  secondaryColor: preferredColorText('For backgrounds.'),
  tertiaryColor: preferredColorText('Between the two.')
}, { title: 'PreferredColor', description: 'The colours that a user prefers.' })

type UserColors = NonNullable<UserDetails['profile']['preferredColor']>

/** Some of the service's own colours. [people-rec][people-clients] */
const SERVICE_COLORS: readonly UserColors[] = [
  { primaryColor: '107c10', secondaryColor: '102b14', tertiaryColor: '155715' },
  { primaryColor: '193e91', secondaryColor: '101836', tertiaryColor: '102c69' },
  { primaryColor: '744da9', secondaryColor: '24153b', tertiaryColor: '4c208a' },
  { primaryColor: '677488', secondaryColor: '222b38', tertiaryColor: '3e4b61' }
]

/** The colours of a user: those of the world, else some of the service's own, always the same for one user. */
export function colorsOf ({ xuid, profile: { preferredColor } }: Pick<UserDetails, 'xuid' | 'profile'>): UserColors {
  return preferredColor ?? SERVICE_COLORS[Number(BigInt(xuid) % BigInt(SERVICE_COLORS.length))] as UserColors
}

/** The path of a document that has nothing but these colours. */
export const colorsPathOf = ({ primaryColor, secondaryColor, tertiaryColor }: UserColors): string => `/colors/${primaryColor}-${secondaryColor}-${tertiaryColor}.json`

const COLORS_FILE = /^([0-9a-f]{6})-([0-9a-f]{6})-([0-9a-f]{6})\.json$/i

/**
 * `GET /colors/{colors}.json`: what the setting PreferredColor of a profile leads to. The path contains all of it, so
 * that it does not depend on the world; like the service's own documents it needs no token.
 */
export function showColors (app: FastifyInstance): void {
  app.get<{ Params: { file: string } }>('/colors/:file', { config: PUBLIC_ROUTE }, ({ params: { file } }, reply) => {
    const [, primaryColor, secondaryColor, tertiaryColor] = COLORS_FILE.exec(file) ?? []
    if (primaryColor === undefined) throw invalidRequest(`The colours are ${formatValue(file)}; expected three of six hexadecimal digits with hyphens between them, and .json.`)
    reply.header('cache-control', 'public, max-age=31536000, immutable').send({ primaryColor, secondaryColor, tertiaryColor })
  })
}
