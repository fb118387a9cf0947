import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { readAchievementId, readServiceConfigId } from '../http/ids.ts'
import { parseBoolean, Query, wordParser } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import { ACHIEVEMENT_ORDERS } from '../model/list.ts'
import { notFound } from '../model/refusals.ts'
import { DEFAULT_SANDBOX } from '../model/title.ts'
import { ACHIEVEMENT_STATES } from '../model/user-titles.ts'
import { ProgressBody, readSandbox } from './body-schemas.ts'
import { readListPosition, readUnlockPosition, writeListPosition, writeUnlockPosition } from './list-position.ts'
import { readUser, requireNamedUser } from './named-user.ts'
import { readKeyedPage, readPageLimit } from './page.ts'
import { ProgressChangesBody } from './progress-schemas.ts'
import { readUserAchievements, requireUserTitle } from './user-progress.ts'

interface TitlesRoute { Params: { xuid: string }, Querystring: URLSearchParams }
interface TitleRoute { Params: { xuid: string, titleId: string }, Querystring: URLSearchParams }

/** The largest body that changes several achievements, in bytes: what a title of 10,000 achievements needs. */
const LARGEST_CHANGES = 8 * 1024 * 1024

const SANDBOX = 'a sandbox id, e.g. "RETAIL"'
const readSandboxOf = (query: Query): string => query.one('sandbox', SANDBOX, readSandbox) ?? DEFAULT_SANDBOX
const someWordOf = (words: readonly string[]): string => `one of ${words.join(', ')}`

/** What a user has done: titles, achievements and unlocks in pages, and changes of them. */
export function progressRoutes (app: FastifyInstance, services: Services): void {
  progressListingRoutes(app, services)
  progressChangingRoutes(app, services)
}

function progressListingRoutes (app: FastifyInstance, services: Services): void {
  const { store } = services

  app.get<TitlesRoute>('/_emulator/users/:xuid/titles', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['sandbox', 'search', 'limit', 'after'])
    const { row: person } = requireNamedUser(store, request.params.xuid)
    const range = { person, sandbox: readSandboxOf(query), search: readSearch(query), after: query.one('after', 'a title id', readUnsigned32) ?? null }
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => store.userTitles.list({ ...range, limit }), ({ titleId }) => titleId)
    return { titles: entries, next }
  })

  app.get<TitleRoute>('/_emulator/users/:xuid/titles/:titleId', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['sandbox'])
    return requireUserTitle(store, { user: requireNamedUser(store, request.params.xuid), titleId: readTitleOfPath(request.params.titleId), sandbox: readSandboxOf(query) })
  })

  app.get<TitleRoute>('/_emulator/users/:xuid/titles/:titleId/achievements', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['sandbox', 'locale', 'state', 'orderBy', 'search', 'rarity', 'limit', 'after'])
    const { last, ...page } = readUserAchievements(services, {
      user: requireNamedUser(store, request.params.xuid),
      titleId: readTitleOfPath(request.params.titleId),
      sandbox: readSandboxOf(query),
      locale: query.one('locale', 'a locale, e.g. "de-DE"', String) ?? '',
      state: query.one('state', someWordOf(ACHIEVEMENT_STATES), wordParser(ACHIEVEMENT_STATES)) ?? 'all',
      order: query.one('orderBy', someWordOf(ACHIEVEMENT_ORDERS), wordParser(ACHIEVEMENT_ORDERS)) ?? 'Unordered',
      search: readSearch(query),
      hasRarity: query.one('rarity', '"true" or "false"', parseBoolean) ?? false,
      after: query.one('after', '"next" of the page before', readListPosition) ?? null,
      limit: readPageLimit(query)
    }, request.now)
    return { ...page, next: last === null ? null : writeListPosition(last) }
  })

  app.get<TitlesRoute>('/_emulator/users/:xuid/unlocks', (request) => {
    const query = new Query(request.query)
    query.requireKnown(['sandbox', 'titleId', 'limit', 'after'])
    const range = {
      person: requireNamedUser(store, request.params.xuid).row,
      sandbox: readSandboxOf(query),
      titleId: query.one('titleId', 'a title id', readUnsigned32) ?? null,
      after: query.one('after', '"next" of the page before', readUnlockPosition) ?? null
    }
    const { entries, next } = readKeyedPage(readPageLimit(query), (limit) => store.listUserUnlocks({ ...range, limit }), ({ position }) => writeUnlockPosition(position))
    return { unlocks: entries.map(({ unlock }) => unlock), next }
  })
}

/** What is looked for; null for nothing. */
const readSearch = (query: Query): string | null => query.one('search', 'a text', String) || null

/** @throws 404 for what is no title id. */
function readTitleOfPath (text: string): number {
  const titleId = readUnsigned32(text)
  if (titleId === undefined) throw notFound(`There is no title ${formatValue(text)}.`)
  return titleId
}

function progressChangingRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  app.put<{ Params: { xuid: string, scid: string, id: string }, Body: Static<typeof ProgressBody> }>(
    '/_emulator/users/:xuid/achievements/:scid/:id', { schema: { body: ProgressBody } }, ({ params, body, now }) => run('progress.set', {
      xuid: readUser(store, params.xuid), scid: readServiceConfigId(params.scid, 'documented'), id: readAchievementId(params.id), ...body, now
    }))

  app.patch<{ Params: { xuid: string }, Body: Static<typeof ProgressChangesBody> }>(
    '/_emulator/users/:xuid/achievements', { bodyLimit: LARGEST_CHANGES, schema: { body: ProgressChangesBody } }, ({ params, body, now }) =>
      run('progress.change', { xuid: readUser(store, params.xuid), ...toChanges(body), now }))

  for (const path of ['', '/:scid', '/:scid/:id']) {
    app.delete<{ Params: { xuid: string, scid?: string, id?: string }, Querystring: URLSearchParams }>(`/_emulator/users/:xuid/achievements${path}`, (request, reply) => {
      const { xuid, scid, id } = request.params
      const query = new Query(request.query)
      query.requireKnown(['sandbox', 'answer'])
      const before = run('progress.clear', {
        xuid: readUser(store, xuid),
        scid: scid === undefined ? null : readServiceConfigId(scid, 'documented'),
        id: id === undefined ? null : readAchievementId(id),
        sandbox: query.one('sandbox', SANDBOX, readSandbox) ?? null,
        tellsBefore: query.one('answer', '"before"', wordParser(['before'])) !== undefined
      })
      if (before === undefined) reply.code(204).send()
      else reply.send(before)
    })
  }
}

/** Changes with the ids of service configurations as the store has them. */
export function toChanges ({ achievements, titles }: Static<typeof ProgressChangesBody>): Static<typeof ProgressChangesBody> {
  return { achievements: achievements.map((entry) => ({ ...entry, serviceConfigId: entry.serviceConfigId.toLowerCase() })), titles }
}
