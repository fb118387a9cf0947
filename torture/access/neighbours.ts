import type { NeighbourRoute, Question, Route } from './questions.ts'
import type { AccessSession, AccessWorld } from './world.ts'

/**
 * The questions to the hosts around the achievements, and who gets which answer: written from docs/specification.md
 * (Neighbours) and the decisions 0005 and 0047 to 0049 alone. A host that lists something answers 200 with nothing of
 * a user whom the caller may not look at, so that the status alone says little: an answer shows something, or nothing.
 */

export const NEIGHBOURS: readonly NeighbourRoute[] = ['titlehub', 'stats', 'permission', 'profile', 'presence', 'people']
export const isNeighbour = (route: Route): route is NeighbourRoute => (NEIGHBOURS as readonly Route[]).includes(route)

/** The path and query of a question. */
export function urlOfNeighbour (route: NeighbourRoute, { xuid, isMe, scid, titleId }: Question): string {
  const user = isMe ? '/users/me' : `/users/xuid(${xuid})`
  const urls: Readonly<Record<NeighbourRoute, string>> = {
    titlehub: `${user}/titles/titleid(${titleId ?? 'none'})/decoration/achievement`,
    stats: `${user}/scids/${scid}/stats/MinutesPlayed`,
    permission: `/users/me/permission/validate?setting=ViewTargetGameHistory&target=xuid(${xuid})`,
    profile: `${user}/profile/settings?settings=Bio`,
    presence: user,
    people: `${user}/people`
  }
  return urls[route]
}

/** Whether an answer of 200 tells something of the user. */
export function doesShow (route: NeighbourRoute, body: any): boolean {
  const found: Readonly<Record<NeighbourRoute, () => boolean>> = {
    titlehub: () => body.titles.length > 0,
    stats: () => (body.user?.stats ?? body.statlistscollection[0].stats).length > 0,
    permission: () => body.isAllowed,
    profile: () => body.profileUsers[0].settings[0].value !== '',
    presence: () => body.state !== 'Offline',
    people: () => body.people.length > 0
  }
  return found[route]()
}

/** What a neighbour answers. */
export interface NeighbourVerdict {
  readonly status: number
  readonly shows?: boolean
  /** When it shows nothing because of who asks: a user who does not exist is answered the same. */
  readonly hides?: 'user'
}

const isUnsigned = (text: string, bits: 32 | 64): boolean => /^[0-9]+$/.test(text) && BigInt(text) < 2n ** BigInt(bits)
const isGuid = (text: string): boolean => /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/.test(text)

/** Hosts that read a contract version: 400 for what is no number; statistics know 1 to 3, others are 406. */
const READ_VERSION: readonly NeighbourRoute[] = ['titlehub', 'stats', 'people']
/** Hosts that answer nobody without a user claim. The others show nothing then. */
const NEED_USER: readonly NeighbourRoute[] = ['stats', 'permission', 'presence', 'people']
/** Hosts that tell everybody who exists. */
const TELL_WHO_EXISTS: readonly NeighbourRoute[] = ['permission', 'profile', 'people']

/**
 * @param session of the caller, whose token is valid.
 * @param mayLook whether the privacy table lets the session look at the user with a XUID.
 */
export function judgeNeighbour (world: AccessWorld, question: Question, { route, session, mayLook }: {
  route: NeighbourRoute, session: AccessSession, mayLook: (xuid: string) => boolean
}): NeighbourVerdict {
  const { contractVersion, isMe, scid, titleId } = question
  if (READ_VERSION.includes(route) && contractVersion !== null) {
    if (!isUnsigned(contractVersion, 32)) return { status: 400 }
    if (route === 'stats' && !['1', '2', '3'].includes(contractVersion)) return { status: 406 }
  }
  if (route === 'titlehub' && titleId === null) return { status: 400 }
  const names = isMe && route !== 'permission' ? session.xuid : question.xuid
  const isOwnPath = isMe || route === 'permission'
  if (session.xuid === null && (isOwnPath || (NEED_USER.includes(route) && route !== 'stats'))) return { status: 403 }
  if (names === null || !isUnsigned(names, 64)) return { status: 400 }
  if (route === 'stats' && !isGuid(scid)) return { status: 400 }
  if (session.xuid === null && NEED_USER.includes(route)) return { status: 403 }
  const user = world.users.find(({ xuid }) => xuid === names)
  if (user === undefined && TELL_WHO_EXISTS.includes(route)) return { status: 404 }
  if (user === undefined || session.xuid === null || !mayLook(names)) {
    return { status: 200, shows: false, ...!TELL_WHO_EXISTS.includes(route) && { hides: 'user' } }
  }
  const sandbox = session.sandbox ?? 'RETAIL'
  const isPublished = world.titles.some((title) => title.sandboxes.includes(sandbox) && (route === 'titlehub' ? title.titleId === titleId : title.serviceConfigId === scid.toLowerCase()))
  const shows = { titlehub: isPublished, stats: isPublished, permission: true, profile: true, presence: true, people: user.friends.length > 0 }[route]
  return { status: 200, shows }
}
