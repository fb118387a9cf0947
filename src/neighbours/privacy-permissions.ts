import { Type, type Static } from '@sinclair/typebox'
import { requireValid } from '../http/body.ts'
import { literals, object } from '../http/answer-schema.ts'
import { readXuid } from '../http/ids.ts'
import { anyCase } from '../http/lenient-body.ts'
import { wordParser, type Query } from '../http/query.ts'
import { invalidRequest } from '../model/refusals.ts'
import { xuidText } from './body.ts'

/** What one user may do with another: PermissionId and XblPermission. [privacy][xsapi] */
export const PERMISSIONS = [
  'CommunicateUsingText', 'CommunicateUsingVideo', 'CommunicateUsingVoice', 'ViewTargetProfile', 'ViewTargetGameHistory', 'ViewTargetVideoHistory',
  'ViewTargetMusicHistory', 'ViewTargetExerciseInfo', 'ViewTargetPresence', 'ViewTargetVideoStatus', 'ViewTargetMusicStatus', 'PlayMultiplayer',
  'ViewTargetUserCreatedContent', 'BroadcastWithTwitch', 'WriteComment', 'ShareItem', 'ShareTargetContentToExternalNetworks'
] as const

/** Users of other networks, of whom a world knows nothing. [xsapi] */
const ANONYMOUS_USERS = ['allUsers', 'crossNetworkUser', 'crossNetworkFriend'] as const

const isPermission = wordParser(PERMISSIONS)
const isAnonymous = wordParser(ANONYMOUS_USERS)

/** Many, but a client that asks of all of its friends is answered. */
const MOST_TARGETS = 1000

/** The body of `POST /users/{user}/permission/validate`; the names of its members are matched in any letter case. */
export const PermissionBatchBody = Type.Object({
  users: Type.Array(Type.Union([
    Type.Object({ xuid: Type.String({ ...xuidText, description: 'A XUID; in quotes or not.' }) }),
    Type.Object({ anonymoususer: anyCase(ANONYMOUS_USERS, { description: `Users of another network: ${ANONYMOUS_USERS.join(', ')}.`, errorMessage: `one of ${ANONYMOUS_USERS.join(', ')}` }) })
  ], { errorMessage: `an object with xuid, or with anonymousUser, one of ${ANONYMOUS_USERS.join(', ')}` }), {
    minItems: 1, maxItems: MOST_TARGETS, errorMessage: `a list of 1 to ${MOST_TARGETS} users`
  }),
  permissions: Type.Array(anyCase(PERMISSIONS, { errorMessage: `one of ${PERMISSIONS.join(', ')}` }), {
    minItems: 1, maxItems: PERMISSIONS.length, errorMessage: `a list of 1 to ${PERMISSIONS.length} permissions`
  })
}, { title: 'PermissionCheckBatchRequest', errorMessage: 'an object with users and permissions' })

/** Whether something is allowed. [privacy] */
export const PermissionCheck = object({
  isAllowed: Type.Boolean({ description: 'True when the user may do it.' }),
  reasons: Type.Optional(Type.Array(object({ reason: literals(['NotAllowed'], 'The setting of the other user forbids it.') }), { description: 'Why not.' }))
}, { title: 'PermissionCheckResponse' })

/** The answer to the batch. [privacy] */
export const PermissionBatch = object({
  responses: Type.Array(object({
    user: Type.Union([object({ xuid: Type.String() }), object({ anonymousUser: Type.String() })], { description: 'As it was sent.' }),
    permissions: Type.Array(PermissionCheck, { description: 'In the order asked.' })
  }), { description: 'One for each user, in the order asked.' })
}, { title: 'PermissionCheckBatchResponse' })

/** With whom something is done: a user of the world, who need not exist, or one of another network, as it was written. */
export type PermissionTarget = { readonly xuid: string } | { readonly anonymousUser: string }

/** What the answer says. */
export const formatPermission = (isAllowed: boolean): Static<typeof PermissionCheck> => isAllowed ? { isAllowed } : { isAllowed, reasons: [{ reason: 'NotAllowed' }] }

/** The permission and the user of a query. Both are required. @throws 400 when one is missing or is none. */
export function readPermissionQuery (query: Query): PermissionTarget {
  const expectedTarget = `xuid(…), or one of ${ANONYMOUS_USERS.join(', ')}`
  const setting = query.one('setting', `one of ${PERMISSIONS.join(', ')}`, isPermission)
  if (setting === undefined) throw invalidRequest(`setting is missing; expected one of ${PERMISSIONS.join(', ')}.`)
  const target = query.one('target', expectedTarget, readPermissionTarget)
  if (target === undefined) throw invalidRequest(`target is missing; expected ${expectedTarget}.`)
  return target
}

function readPermissionTarget (text: string): PermissionTarget | undefined {
  const [, xuid] = /^xuid\(([^]*)\)$/i.exec(text) ?? []
  if (xuid !== undefined) return { xuid: readXuid(xuid) }
  return isAnonymous(text) === undefined ? undefined : { anonymousUser: text }
}

/** The users of a batch, and of how many permissions it asks. @throws 400 when it is none. */
export function readPermissionBatch (sent: unknown): { targets: PermissionTarget[], permissionCount: number } {
  const { users, permissions } = requireValid(PermissionBatchBody, sent)
  return { targets: users.map((user) => 'xuid' in user ? { xuid: readXuid(user.xuid) } : { anonymousUser: user.anonymoususer }), permissionCount: permissions.length }
}
