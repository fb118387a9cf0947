import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { notFound, xuidMismatch } from '../model/refusals.ts'
import type { Caller } from '../model/session.ts'
import { findReadable, requireUser } from '../rules/access.ts'
import { readPathXuid, USER_SEGMENT, type PathUserRoute } from './path-user.ts'
import { formatPermission, readPermissionBatch, readPermissionQuery, type PermissionTarget } from './privacy-permissions.ts'

/**
 * privacy.xboxlive.com: whether the user of the token may do something with another. A world has one setting for all
 * that a user shares, so that one decides every permission as it decides who may read the title history.
 */
export function privacyRoutes (app: FastifyInstance, services: Services): void {
  const { store: { people } } = services
  const path = `/users/${USER_SEGMENT}/permission/validate`
  // Before the body is read, so that this refusal goes before those of the body.
  const onRequest = async (request: FastifyRequest<PathUserRoute>): Promise<void> => { readPathXuid(request, people) }

  app.get<PathUserRoute>(path, (request) => {
    const actor = readPathXuid(request, people)
    const target = readPermissionQuery(new Query(request.query))
    requireSelf(request.session, actor)
    if ('xuid' in target && people.find(target.xuid) === undefined) throw notFound(`There is no user ${target.xuid}, whom target names.`)
    return formatPermission(isAllowed(target, request.session, services))
  })

  app.post<PathUserRoute>(path, { onRequest }, (request) => {
    const { targets, permissionCount } = readPermissionBatch(request.body)
    requireSelf(request.session, readPathXuid(request, people))
    return {
      responses: targets.map((target) => {
        const permission = formatPermission(isAllowed(target, request.session, services))
        return { user: target, permissions: Array.from({ length: permissionCount }, () => permission) }
      })
    }
  })
}

/** @throws 403 when the token carries no user claim, or is another's than the user in the path. */
function requireSelf (session: Caller, xuid: string): void {
  if (requireUser(session) !== xuid) throw xuidMismatch()
}

/** Nothing of a world is about users of other networks: with them everything is allowed. */
const isAllowed = (target: PermissionTarget, claims: Caller, { config: { crossUser: rule }, store: { people } }: Services): boolean =>
  'anonymousUser' in target || findReadable({ claims, xuid: target.xuid, rule, resource: 'history' }, people) !== undefined
