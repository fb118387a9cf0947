import { Type, type Static } from '@sinclair/typebox'
import type { Dialect } from '../domain.ts'
import { invalidRequest } from '../errors.ts'
import { readUnsigned32, readUnsigned64 } from '../integers.ts'
import { findProblem, show } from '../schema-errors.ts'
import { wrongBody } from './validate.ts'

const unsigned32 = Type.Integer({ minimum: 0, maximum: 4294967295, errorMessage: 'an integer from 0 to 4294967295' })

/** AchievementUpdateRequest. Members that the service does not know are ignored. */
export const UpdateBody = Type.Object({
  action: Type.Literal('progressUpdate', { errorMessage: '"progressUpdate"' }),
  serviceConfigId: Type.String({ errorMessage: 'the service configuration id of the path' }),
  titleId: unsigned32,
  userId: Type.String({ errorMessage: 'the XUID of the path, in quotes' }),
  achievements: Type.Array(Type.Object({
    id: Type.String({ pattern: '^[0-9]{1,10}$', errorMessage: 'an achievement id, a decimal in quotes' }),
    percentComplete: unsigned32
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
export function readUpdate (body: unknown, { xuid, scid, dialect }: { xuid: string, scid: string, dialect: Dialect }): Update {
  const problem = findProblem(UpdateBody, body)
  if (problem !== undefined) throw wrongBody(problem.path, problem.message)
  const { serviceConfigId, userId, titleId, achievements } = body as Static<typeof UpdateBody>
  const found = dialect === 'live' ? serviceConfigId : serviceConfigId.toLowerCase()
  if (found !== scid) throw invalidRequest(`The body, at /serviceConfigId: found ${show(serviceConfigId)}, expected the service configuration id of the path.`)
  if (readUnsigned64(userId) !== xuid) throw invalidRequest(`The body, at /userId: found ${show(userId)}, expected the XUID of the path.`)
  return { titleId, achievements: achievements.map(readAchievement) }
}

function readAchievement ({ id, percentComplete }: { id: string, percentComplete: number }, index: number) {
  const number = readUnsigned32(id)
  if (number === undefined) throw invalidRequest(`The body, at /achievements/${index}/id: found ${show(id)}, expected an achievement id of at most 4294967295.`)
  return { id: number, percentComplete }
}
