import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Claims } from '../../model/session.ts'
import type { Person } from '../../model/user.ts'
import { notFound } from '../../model/refusals.ts'
import { formatInstant } from '../../base/instant.ts'
import { readHeader } from '../../http/request-headers.ts'
import { pathOfUser, readServiceConfigId } from '../../http/ids.ts'
import { readUpdate, type Update } from '../request/update-body.ts'
import { readContractVersion } from '../request/contract-version.ts'
import { requireActive, requireOwner, requireReadable, requireServiceConfiguration, sandboxOf } from '../../rules/access.ts'
import { advance, requireUpdatable } from '../../rules/progress-update.ts'
import { requireUpdateVersion } from '../../rules/contract.ts'
import type { Services } from '../../http/services.ts'
import type { Store } from '../../store/store.ts'
import { userOf } from './user-of.ts'

interface Route { Params: { user: string, scid: string } }

/** `POST /users/xuid({xuid})/achievements/{scid}/update`: what a title reports of its user. */
export function updateAchievements (app: FastifyInstance, { config: { dialect }, store }: Services): void {
  // The body is read last: what is wrong before it is told first.
  const onRequest = async (request: FastifyRequest<Route>): Promise<void> => {
    requireUpdateVersion(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect))
    userOf(request)
    readServiceConfigId(request.params.scid, dialect)
  }

  app.post<Route>(`${pathOfUser(dialect)}/achievements/:scid/update`, { onRequest }, (request, reply) => {
    const xuid = userOf(request)
    const scid = readServiceConfigId(request.params.scid, dialect)
    const update = readUpdate(request.body, { xuid, scid, dialect })

    const isChanged = store.transact(() => {
      const person = requireReadable({ claims: request.session, xuid, rule: 'strict', resource: 'list' }, store.people)
      return apply(store, { person, scid, update, claims: request.session, now: formatInstant(request.now) })
    })
    reply.code(isChanged ? 200 : 304).send()
  })
}

/** Writes what an update changes; one achievement that cannot be changed refuses all of it. */
function apply (
  { achievements, catalogue, progress }: Store,
  { person, scid, update, claims, now }: { person: Person, scid: string, update: Update, claims: Claims, now: string }
): boolean {
  const sandbox = sandboxOf(claims)
  const readable = requireServiceConfiguration(claims, catalogue.findServiceConfiguration({ scid, sandbox }))
  const configuration = requireOwner(claims, update.titleId, readable)
  const reports = [...highestOf(update)].map(([id, percentComplete]) => {
    const achievement = achievements.find(person.row, { scid, id, sandbox, generation: 'modern' })
    if (achievement === undefined) throw notFound(`The service configuration has no achievement ${id}.`)
    return { achievement, percentComplete }
  })
  requireActive(configuration, { xuid: person.xuid, scid, achievementid: 'update' })
  for (const { achievement } of reports) requireUpdatable(achievement)
  const changes = reports.map(({ achievement, percentComplete }) => {
    const change = advance(achievement, percentComplete, now)
    if (change !== null) progress.write({ person: person.row, sandbox, achievement: achievement.row }, change)
    return change !== null
  })
  return changes.includes(true)
}

/** What an update says of each achievement: progress only grows, so the highest of what it repeats. */
function highestOf ({ achievements }: Update): Map<number, number> {
  const highest = new Map<number, number>()
  for (const { id, percentComplete } of achievements) highest.set(id, Math.max(percentComplete, highest.get(id) ?? 0))
  return highest
}
