import { isNeighbour, judgeNeighbour, type NeighbourVerdict } from './neighbours.ts'
import type { NeighbourRoute, Question, Route } from './questions.ts'
import type { AccessSession, AccessTitle, AccessWorld } from './world.ts'

/**
 * Who gets which answer, written from docs/specification.md (Authorization, Contract versions, Progress
 * updates) and the decisions 0005 to 0007 and 0030 alone. It shares no code with the emulator, and is as slow
 * and simple as possible: each sentence of the documents is a line.
 */

export interface Rules {
  readonly dialect: 'documented' | 'live'
  readonly crossUser: 'documented' | 'strict' | 'privacy'
}

export interface Verdict {
  readonly status: number
  readonly location?: string
  /** What must look to the caller as if it did not exist. */
  readonly hides?: 'user' | 'configuration'
  /** Whether the answer of a neighbour tells something of the user. */
  readonly shows?: NeighbourVerdict['shows']
}

type XboxRoute = Exclude<Route, NeighbourRoute>
type XboxQuestion = Question & { readonly route: XboxRoute }

/**
 * What each route is about, and when the privacy table decides who may look: always, when it does for lists, too,
 * or never.
 */
const ROUTES: Readonly<Record<XboxRoute, { readonly of: 'user' | 'configuration', readonly table: 'always' | 'privacy' | 'never' }>> = {
  list: { of: 'user', table: 'privacy' },
  single: { of: 'configuration', table: 'always' },
  history: { of: 'user', table: 'always' },
  titleachievements: { of: 'user', table: 'privacy' },
  update: { of: 'configuration', table: 'never' }
}

/** The routes that have a service configuration in the path. */
const WITH_CONFIGURATION: readonly Route[] = ['single', 'update', 'stats']

/** The instant at which every question is asked. */
export const NOW = '2020-06-15T12:00:00.0000000Z'

const isUnsigned = (text: string, bits: 32 | 64): boolean => /^[0-9]+$/.test(text) && BigInt(text) < 2n ** BigInt(bits)
const isGuid = (text: string): boolean => /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/.test(text)

/** An instant with a fraction: in a world it may be missing. */
const comparable = (instant: string): string => instant.includes('.') ? instant : instant.replace('Z', '.0000000Z')

export function judge (world: AccessWorld, asked: Question, rules: Rules): Verdict {
  const { route } = asked
  // Repeated slashes are as one, and no path is known without the id between them.
  if (asked.scid === '' && WITH_CONFIGURATION.includes(route)) return { status: 404 }
  if (!isNeighbour(route)) return judgeXbox(world, { ...asked, route }, rules)
  // Those of the permission are asked as `me`.
  const session = findSession(world, { ...asked, isMe: asked.isMe || route === 'permission' })
  if (session === undefined) return { status: 401 }
  return judgeNeighbour(world, asked, { route, session, mayLook: (xuid) => rules.crossUser === 'strict' ? session.xuid === xuid : isAllowedByTable(world, xuid, session) })
}

function judgeXbox (world: AccessWorld, asked: XboxQuestion, rules: Rules): Verdict {
  if (asked.isMe && rules.dialect === 'documented') return { status: 404 }
  const session = findSession(world, asked)
  if (session === undefined) return { status: 401 }
  if (asked.serviceVersion !== null && asked.serviceVersion !== '1') return { status: 406 }
  const version = refuseVersion(asked, rules)
  if (version !== undefined) return version
  if (asked.isMe && session.xuid === null) return { status: 403 }
  const question = asked.isMe ? { ...asked, xuid: session.xuid as string } : asked
  return refuseRequest(question, rules) ?? refuseCaller(world, question, { session, rules }) ??
    (ROUTES[question.route].of === 'configuration' ? judgeConfiguration(world, question, { session, rules }) : { status: 200 })
}

/** The session of the caller; undefined when the request has no valid token. */
function findSession (world: AccessWorld, { caller, xuid, isMe }: Question): AccessSession | undefined {
  const isCurrent = ({ expires }: AccessSession): boolean => expires === null || comparable(expires) > NOW
  if (caller.session === null) return undefined
  if (caller.as === 'user') return isCurrent(caller.session) ? caller.session : undefined
  const { token } = caller.session
  const current = world.sessions.filter((session) => session.token === token && isCurrent(session))
  const [first] = current
  if (first === undefined) return undefined
  if (caller.as === '-') return { ...first, xuid: null }
  const users = current.filter((session) => session.xuid !== null)
  const named = isMe ? undefined : users.find((session) => session.xuid === xuid)
  return named ?? users[0] ?? first
}

/** The contract version; in the live dialect, anything but a number counts as 1. */
function versionOf ({ contractVersion }: Question, dialect: Rules['dialect']): number {
  if (contractVersion === null) return 1
  return dialect === 'live' && !/^-?[0-9]+(\.[0-9]+)?$/.test(contractVersion) ? 1 : Number(contractVersion)
}

/** 406 for a version that is not served, 400 for what is not a version. */
function refuseVersion (question: XboxQuestion, { dialect }: Rules): Verdict | undefined {
  const { route, contractVersion } = question
  if (dialect === 'documented' && contractVersion !== null && !isUnsigned(contractVersion, 32)) return { status: 400 }
  const version = versionOf(question, dialect)
  if (dialect === 'live' && (!/^[1-5]$/.test(contractVersion ?? '1') && version !== 1)) return { status: 406 }
  if (route === 'update' && version !== 2) return { status: 406 }
  return route === 'titleachievements' && generationOf(version, dialect) === 'modern' ? { status: 406 } : undefined
}

/** 400 for invalid parameters. */
function refuseRequest (question: XboxQuestion, { dialect }: Rules): Verdict | undefined {
  const { route } = question
  if (!isUnsigned(question.xuid, 64)) return { status: 400 }
  if (ROUTES[route].of === 'configuration' && !isGuid(question.scid)) return { status: 400 }
  if (route === 'single') return isUnsigned(question.id, 32) ? undefined : { status: 400 }
  if (route === 'update') return isRightBody(question, dialect) ? undefined : { status: 400 }
  if (route === 'titleachievements' && question.titleId === null) return { status: 400 }
  return question.maxItems === null || /^[15]$/.test(question.maxItems) ? undefined : { status: 400 }
}

function isRightBody ({ xuid, scid, titleId, body }: Question, dialect: Rules['dialect']): boolean {
  const isSame = dialect === 'live' ? body.serviceConfigId === scid : body.serviceConfigId.toLowerCase() === scid.toLowerCase()
  return body.userId === xuid && isSame && titleId !== null
}

const generationOf = (version: number, dialect: Rules['dialect']): AccessTitle['generation'] =>
  dialect === 'documented' ? version === 2 ? 'modern' : 'xbox360' : [2, 4, 5].includes(version) ? 'modern' : 'xbox360'

/** 403 for a caller who may not see the user. */
function refuseCaller (world: AccessWorld, { route, xuid }: XboxQuestion, { session, rules: { crossUser } }: { session: AccessSession, rules: Rules }): Verdict | undefined {
  if (session.xuid === null) return { status: 403 }
  const isByTable = { always: crossUser !== 'strict', privacy: crossUser === 'privacy', never: false }[ROUTES[route].table]
  if (!isByTable) return session.xuid === xuid ? undefined : { status: 403, hides: 'user' }
  return isAllowedByTable(world, xuid, session) ? undefined : { status: 403, hides: 'user' }
}

/** The documented table, row by row: me, friend, non-friend user, third-party site. It has no row for users who do not exist. */
function isAllowedByTable (world: AccessWorld, xuid: string, session: AccessSession): boolean {
  const target = world.users.find((user) => user.xuid === xuid)
  if (target === undefined || session.xuid === null) return false
  const row = session.thirdPartySite ? 'site' : session.xuid === xuid ? 'me' : target.friends.includes(session.xuid) ? 'friend' : 'other'
  return row === 'me' || target.privacy === 'everyone' || (target.privacy === 'friendsOnly' && row === 'friend')
}

function judgeConfiguration (world: AccessWorld, question: XboxQuestion, { session, rules: { dialect } }: { session: AccessSession, rules: Rules }): Verdict {
  const scid = dialect === 'live' ? question.scid : question.scid.toLowerCase()
  const titles = world.titles.filter(({ serviceConfigId }) => serviceConfigId === scid)
  const sandbox = session.sandbox ?? 'RETAIL'
  const isPublished = titles.some(({ sandboxes }) => sandboxes.includes(sandbox))
  const isOwn = titles.some(({ titleId }) => titleId === session.titleId)
  const isPublic = titles.some((title) => title.public)
  if (!isOwn && !(isPublic && isPublished)) return { status: 403, hides: 'configuration' }
  if (!isPublished) return { status: 404 }
  if (question.route === 'update') {
    const reporting = question.titleId
    if (!titles.some(({ titleId }) => titleId === reporting)) return { status: 403 }
    if (session.titleId !== null && session.titleId !== reporting) return { status: 403 }
  }
  const generation = question.route === 'update' ? 'modern' : dialect === 'live' ? generationOf(versionOf(question, dialect), dialect) : null
  const exists = (id: string): boolean => titles.some((title) =>
    title.sandboxes.includes(sandbox) && (generation === null || title.generation === generation) && title.achievements.some((achievement) => String(achievement.id) === id))
  const named = question.route === 'update' ? question.body.ids : [question.id]
  if (!named.every(exists)) return { status: 404 }
  return judgeMark(titles[0] as AccessTitle, { xuid: question.xuid, scid, achievementid: question.route === 'update' ? 'update' : question.id })
}

/** 301 when it has moved, 307 when it is redirected, 410 when it is retired; otherwise it is served. */
function judgeMark ({ status, location }: AccessTitle, named: { xuid: string, scid: string, achievementid: string }): Verdict {
  if (status === 'retired') return { status: 410 }
  if (status === 'active' || location === null) return { status: 200 }
  const filled = location.split('{xuid}').join(named.xuid).split('{scid}').join(named.scid).split('{achievementid}').join(named.achievementid)
  return { status: status === 'moved' ? 301 : 307, location: filled }
}
