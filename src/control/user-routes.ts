import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readServiceConfigId } from '../http/ids.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { FriendBody, PresenceBody, PrivacyBody, UserBody } from './body-schemas.ts'
import { readDeletedUser, readNewUser, readUser, requireNamedUser } from './named-user.ts'
import { progressRoutes } from './progress-routes.ts'
import { findUsers } from './user-search.ts'

interface UserRoute { Params: { xuid: string }, Querystring: URLSearchParams }
interface FriendRoute { Params: { xuid: string, friend: string } }

/** Users, their friends and their privacy. Each route takes a gamertag in the place of a XUID. */
export function userRoutes (app: FastifyInstance, services: Services): void {
  const { store, operations: { run } } = services
  listingRoutes(app, services)
  progressRoutes(app, services)

  app.put<{ Params: { xuid: string }, Body: Static<typeof UserBody> }>('/_emulator/users/:xuid', { schema: { body: UserBody } }, ({ params, body }, reply) => {
    const { isNew } = run('user.put', { xuid: readNewUser(store, params.xuid), ...body })
    reply.code(isNew ? 201 : 204).send()
  })

  app.delete<UserRoute>('/_emulator/users/:xuid', ({ params }, reply) => {
    run('user.delete', { xuid: readUser(store, params.xuid) })
    reply.code(204).send()
  })

  app.post<UserRoute>('/_emulator/users/:xuid/restore', ({ params }, reply) => {
    run('user.restore', { xuid: readDeletedUser(store, params.xuid) })
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string }, Body: Static<typeof PrivacyBody> }>('/_emulator/users/:xuid/privacy', { schema: { body: PrivacyBody } }, ({ params, body }, reply) => {
    run('privacy.set', { xuid: readUser(store, params.xuid), ...body })
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string }, Body: Static<typeof PresenceBody> }>('/_emulator/users/:xuid/presence', { schema: { body: PresenceBody } }, ({ params, body, now }, reply) => {
    run('presence.set', { xuid: readUser(store, params.xuid), presence: body, now })
    reply.code(204).send()
  })

  app.delete<UserRoute>('/_emulator/users/:xuid/presence', ({ params, now }, reply) => {
    run('presence.set', { xuid: readUser(store, params.xuid), presence: null, now })
    reply.code(204).send()
  })

  friendRoutes(app, services)
}

function friendRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  app.put<FriendRoute & { Body: Static<typeof FriendBody> }>('/_emulator/users/:xuid/friends/:friend', { schema: { body: FriendBody } }, ({ params, body }, reply) => {
    run('friend.add', { xuid: readUser(store, params.xuid), friend: readUser(store, params.friend), ...body })
    reply.code(204).send()
  })

  app.delete<FriendRoute>('/_emulator/users/:xuid/friends/:friend', ({ params }, reply) => {
    run('friend.remove', { xuid: readUser(store, params.xuid), friend: readUser(store, params.friend) })
    reply.code(204).send()
  })
}

/** What there is: users in pages, one user, and a user's friends. */
function listingRoutes (app: FastifyInstance, { store }: Services): void {
  app.get<UserRoute>('/_emulator/users', (request) => {
    const { entries, next } = findUsers(store, new Query(request.query))
    return { users: entries, next }
  })

  app.get<UserRoute>('/_emulator/users/:xuid', ({ params, query: parameters }) => {
    const query = new Query(parameters)
    query.requireKnown(['serviceConfigId'])
    const scid = query.one('serviceConfigId', 'a GUID', (text) => readServiceConfigId(text, 'documented')) ?? null
    return store.world.readUser(requireNamedUser(store, params.xuid), scid)
  })

  app.get<UserRoute>('/_emulator/users/:xuid/friends', ({ params, query }) => {
    new Query(query).requireKnown([])
    return { friends: store.people.listFriends(requireNamedUser(store, params.xuid)) }
  })
}
