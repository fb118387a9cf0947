import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { object, string } from '../http/answer-schema.ts'
import { requireValid } from '../http/body.ts'
import { originOf } from '../http/origin.ts'
import { Query } from '../http/query.ts'
import { sendJson } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { requireUser } from '../rules/access.ts'
import { readXuids, userList } from './body.ts'
import { type PathUserRoute, readPathXuid, USER_SEGMENT } from './path-user.ts'
import { listFollowed } from './people-lists.ts'
import { readSettingNames, writeSetting, type SettingName } from './profile-settings.ts'
import { findSeen, requireSeen, type SeenUser } from './seen-user.ts'

/** The body of `POST /users/batch/profile/settings`. */
export const ProfileBatchBody = Type.Object({
  userids: userList('XUIDs, in quotes or not.'),
  settings: Type.Array(Type.String({ errorMessage: 'the name of a setting' }), { default: [], description: 'The names of the settings.', errorMessage: 'a list of the names of settings' })
}, { description: 'The names of the members are matched in any letter case, e.g. `userIds`.', errorMessage: 'an object with userIds and settings' })

/** An answer of profile.xboxlive.com. */
export const ProfileUsers = object({
  profileUsers: Type.Array(object({
    id: string('The XUID.'),
    hostId: string('The XUID, again.'),
    settings: Type.Array(object({
      id: string('The name of the setting.'),
      value: string('Always a text.')
    }, { title: 'ProfileSetting' }), { description: 'In the order in which they were asked for; names that the service does not know are left out.' }),
    isSponsoredUser: Type.Literal(false, { description: 'Nobody is a guest.' })
  }, { title: 'ProfileUser' }), { description: 'In the order in which they were asked for; XUIDs of nobody are left out.' })
}, { title: 'ProfileUsers', description: 'Users with settings of their profiles.' })

/** profile.xboxlive.com. Contract 2 and 3 have the same form. */
export function profileRoutes (app: FastifyInstance, services: Services): void {
  const { store: { people } } = services
  const answer = (request: FastifyRequest, users: readonly SeenUser[], settings: readonly SettingName[]): object =>
    ({ profileUsers: users.map((user) => toProfileUser(user, settings, originOf(request))) })

  app.post('/users/batch/profile/settings', (request, reply) => {
    const { userids, settings } = requireValid(ProfileBatchBody, request.body)
    const users = readXuids(userids).map((xuid) => findSeen(request, xuid, services)).filter((user) => user !== undefined)
    return sendJson(reply, answer(request, users, readSettingNames(settings)))
  })

  const showSettings = (request: FastifyRequest<PathUserRoute>): object => {
    const user = requireSeen(request, readPathXuid(request, people), services)
    return answer(request, [user], readSettings(request.query))
  }
  // Some clients leave out the word. [people-clients]
  app.get<PathUserRoute>(`/users/${USER_SEGMENT}/profile/settings`, (request, reply) => sendJson(reply, showSettings(request)))
  app.get<PathUserRoute>(`/users/${USER_SEGMENT}/settings`, (request, reply) => sendJson(reply, showSettings(request)))

  app.get<PathUserRoute>(`/users/${USER_SEGMENT}/profile/settings/people/people`, (request, reply) => {
    requireUser(request.session)
    const owner = requireSeen(request, readPathXuid(request, people), services)
    const users = listFollowed(request, owner, people).map(({ xuid }) => findSeen(request, xuid, services)).filter((user) => user !== undefined)
    return sendJson(reply, answer(request, users, readSettings(request.query)))
  })
}

const readSettings = (parameters: URLSearchParams): SettingName[] =>
  readSettingNames(new Query(parameters).list('settings', 'names of settings', (text) => text) ?? [])

function toProfileUser (user: SeenUser, settings: readonly SettingName[], origin: string) {
  return {
    id: user.xuid,
    hostId: user.xuid,
    settings: settings.map((id) => ({ id, value: writeSetting(id, user, origin) })),
    isSponsoredUser: false
  }
}
