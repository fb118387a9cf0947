import type { Random } from '../random.ts'
import { isNeighbour, NEIGHBOURS, urlOfNeighbour } from './neighbours.ts'
import { ABSENT_GUID, ABSENT_XUID, GUIDS, XUIDS, type AccessSession, type AccessWorld } from './world.ts'

/** A route of each host around the achievements that tells something of a user. */
export type NeighbourRoute = 'titlehub' | 'stats' | 'permission' | 'profile' | 'presence' | 'people'
export type Route = 'list' | 'single' | 'history' | 'titleachievements' | 'update' | NeighbourRoute
/** The routes. The two with the most rules are more frequent. */
const ROUTES: readonly Route[] = ['list', 'list', 'single', 'single', 'single', 'single', 'single', 'single', 'history', 'history', 'titleachievements', 'titleachievements', 'update', 'update', 'update', 'update', ...NEIGHBOURS]

/** A request in parts, so that the oracle does not have to parse it. */
export interface Question {
  readonly route: Route
  /** `header` is the Authorization header, if any; `session` the session that it names, or null; `as` what it has for the user hash. */
  readonly caller: { readonly header: string | undefined, readonly session: AccessSession | null, readonly as: 'user' | '-' | '*' }
  readonly xuid: string
  /** True for `/users/me`. */
  readonly isMe: boolean
  readonly scid: string
  readonly id: string
  readonly contractVersion: string | null
  readonly serviceVersion: string | null
  /** The parameter `maxItems`; null: none. */
  readonly maxItems: string | null
  /** The title of `titleachievements`, and of the body of an update. */
  readonly titleId: number | null
  readonly body: { readonly userId: string, readonly serviceConfigId: string, readonly ids: readonly string[], readonly isRight: boolean }
}

export const headerOf = ({ userHash, token }: AccessSession): string => `XBL3.0 x=${userHash};${token}`

function makeCaller (world: AccessWorld, random: Random): Question['caller'] {
  const session = random.pick(world.sessions)
  const as = random.once(6) ? random.pick(['-', '*', '*'] as const) : 'user'
  if (!random.once(12)) return { header: headerOf(as === 'user' ? session : { ...session, userHash: as }), session, as }
  return { as: 'user', header: random.pick([undefined, '', 'XBL3.0', `XBL3.0 x=${session.userHash}`, 'XBL3.0 x=h0;nobody', `Bearer ${session.token}`, `XBL3.0 x=nobody;${session.token}`, 'XBL3.0 x=-;nobody', 'XBL3.0 x=*;nobody']), session: null }
}

export function makeQuestion (world: AccessWorld, random: Random): Question {
  const caller = makeCaller(world, random)
  const own = caller.session?.xuid ?? null
  const xuid = random.once(25) ? random.pick(['', '-1', '18446744073709551616', 'x']) : own !== null && random.once(2) ? own : random.pick([...XUIDS, ABSENT_XUID])
  const route = random.pick(ROUTES)
  const scid = random.once(30) ? random.pick(['', 'x', '1234']) : random.once(8) ? random.pick(GUIDS).toUpperCase() : random.once(5) ? random.pick([...GUIDS, ABSENT_GUID]) : random.pick(world.titles).serviceConfigId
  const of = world.titles.filter(({ serviceConfigId }) => serviceConfigId === scid.toLowerCase())
  const ids = of.flatMap(({ achievements }) => achievements.map(({ id }) => String(id)))
  const oneId = (): string => random.once(8) || ids.length === 0 ? random.pick(['0', '999', '4294967295']) : random.pick(ids)
  const isRight = !random.once(20)
  return {
    route,
    caller,
    xuid,
    isMe: random.once(15),
    scid,
    id: random.once(25) ? random.pick(['-1', '4294967296', 'x']) : oneId(),
    contractVersion: random.once(10) ? random.pick(['x', '-1', '4294967296', '', '0', '6', '4294967295', '2, 2', '2.0']) : route === 'update' && !random.once(8) ? '2' : random.pick([null, '1', '2', '2', '2', '3', '4', '5']),
    serviceVersion: random.once(15) ? random.pick(['2', '1.0']) : random.pick([null, null, '1']),
    maxItems: random.once(15) ? random.pick(['0', 'x', '2147483648']) : random.pick([null, '1', '5']),
    titleId: random.once(12) ? null : random.pick([...of, ...world.titles]).titleId,
    body: { userId: isRight || random.once(2) ? xuid : ABSENT_XUID, serviceConfigId: isRight || random.once(2) ? scid : ABSENT_GUID, ids: random.times(1 + random.below(2), oneId), isRight }
  }
}

/** The question as a request. */
export function writeQuestion (question: Question) {
  const { route, caller, xuid, isMe, scid, id, contractVersion, serviceVersion, maxItems, titleId, body } = question
  const headers: Record<string, string> = {
    ...caller.header !== undefined && { authorization: caller.header },
    ...contractVersion !== null && { 'x-xbl-contract-version': contractVersion },
    ...serviceVersion !== null && { 'x-requestedserviceversion': serviceVersion }
  }
  if (isNeighbour(route)) return { method: 'GET' as const, url: urlOfNeighbour(route, question), headers }
  const user = isMe ? '/users/me' : `/users/xuid(${xuid})`
  const page = maxItems === null ? '' : `maxItems=${maxItems}`
  const urls: Readonly<Record<typeof route, string>> = {
    list: `${user}/achievements?${page}`,
    single: `${user}/achievements/${scid}/${id}`,
    history: `${user}/history/titles?${page}`,
    titleachievements: `${user}/titleachievements?${titleId === null ? '' : `titleId=${titleId}&`}${page}`,
    update: `${user}/achievements/${scid}/update`
  }
  const url = urls[route]
  if (route !== 'update') return { method: 'GET' as const, url, headers }
  const payload = { action: 'progressUpdate', serviceConfigId: body.serviceConfigId, titleId: titleId ?? 'none', userId: body.userId, achievements: body.ids.map((each) => ({ id: each, percentComplete: 100 })) }
  return { method: 'POST' as const, url, headers, payload }
}
