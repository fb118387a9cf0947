import { Type, type Static } from '@sinclair/typebox'
import { numberText } from '../../base/exact-json.ts'
import { readUnsigned32, readUnsigned64 } from '../../base/integers.ts'
import { fillDefaults, findProblem, formatValue } from '../../base/validation.ts'
import { wrongInput } from '../../http/body.ts'
import type { Dialect } from '../../model/dialect.ts'

const EXPECTED = 'an integer from 0 to 4294967295'

/** The service accepts numbers in quotes [xau], and ids without quotes [raxy]. */
const unsigned32OrText = (description: string) =>
  Type.Union([Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.String({ pattern: '^[0-9]+$' })], { description, errorMessage: EXPECTED })

/** AchievementUpdateRequest. Members that the service does not know are ignored. */
export const UpdateBody = Type.Object({
  action: Type.Literal('progressUpdate', { errorMessage: '"progressUpdate"' }),
  serviceConfigId: Type.String({ errorMessage: 'the service configuration id of the path' }),
  titleId: unsigned32OrText('The title that reports; in quotes or not.'),
  userId: Type.Union([Type.String(), Type.Integer()], { description: 'The XUID of the path; in quotes or not.', errorMessage: 'the XUID of the path' }),
  achievements: Type.Array(Type.Object({
    id: unsigned32OrText('The achievement; in quotes or not.'),
    percentComplete: unsigned32OrText('How far the user is; in quotes or not. More than 100 is as 100; no more than before changes nothing.')
  }, { errorMessage: 'an object with id and percentComplete' }), { minItems: 1, maxItems: 100, errorMessage: 'a list of 1 to 100 achievements' })
}, { errorMessage: 'an object with action, serviceConfigId, titleId, userId and achievements' })

/** What a title reports of a user. */
export interface Update {
  /** The title that reports. */
  readonly titleId: number
  readonly achievements: ReadonlyArray<{ readonly id: number, readonly percentComplete: number }>
}

/**
 * Reads the body of an update.
 *
 * @param path the user and the service configuration of the path, which the body has to repeat.
 * @throws 400 with the first member that is wrong.
 */
export function readUpdate (sent: unknown, { xuid, scid, dialect }: { xuid: string, scid: string, dialect: Dialect }): Update {
  const body = fillDefaults(UpdateBody, quoteUser(sent))
  const problem = findProblem(UpdateBody, body)
  if (problem !== undefined) throw wrongInput('The body', problem)
  const { serviceConfigId, userId, titleId, achievements } = body as Static<typeof UpdateBody>
  const canonical = dialect === 'live' ? serviceConfigId : serviceConfigId.toLowerCase()
  if (canonical !== scid) throw wrongMember('/serviceConfigId', serviceConfigId, 'the service configuration id of the path')
  if (readUnsigned64(String(userId)) !== xuid) throw wrongMember('/userId', (sent as JsonObject)['userId'], 'the XUID of the path')
  return {
    titleId: requireUnsigned32('/titleId', titleId),
    achievements: achievements.map(({ id, percentComplete }, index) => ({
      id: requireUnsigned32(`/achievements/${index}/id`, id),
      percentComplete: requireUnsigned32(`/achievements/${index}/percentComplete`, percentComplete)
    }))
  }
}

type JsonObject = Readonly<Record<string, unknown>>

/** The body with its XUID as a string: JavaScript rounds a number of 64 bits, but its digits are still known here. */
function quoteUser (body: unknown): unknown {
  const userId = numberText((body as JsonObject | null | undefined)?.['userId'])
  return userId === undefined ? body : { ...body as JsonObject, userId }
}

function requireUnsigned32 (path: string, value: number | string): number {
  const integer = readUnsigned32(String(value))
  if (integer === undefined) throw wrongMember(path, value, EXPECTED)
  return integer
}

const wrongMember = (path: string, found: unknown, expected: string) => wrongInput('The body', { path, message: `found ${formatValue(found)}, expected ${expected}` })
