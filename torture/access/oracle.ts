import type { Question } from './questions.ts'
import type { AccessSession, AccessTitle, AccessWorld } from './world.ts'

/**
 * Who is answered what, written from docs/specification.md (Authorization, Contract versions, Progress
 * updates) and the decisions 0005 to 0007 alone. It shares no code with the emulator, and is as slow
 * and as plain as it can be: each sentence of the documents is a line.
 */

export interface Rules {
  readonly dialect: 'documented' | 'live'
  readonly crossUser: 'documented' | 'strict' | 'privacy'
}

export interface Verdict {
  readonly status: number
  readonly location?: string
  /** What the caller must not tell from what does not exist. */
  readonly hides?: 'user' | 'configuration'
}

/** The instant at which every question is asked. */
export const NOW = '2020-06-15T12:00:00.0000000Z'

const isUnsigned = (text: string, bits: 32 | 64): boolean => /^[0-9]+$/.test(text) && BigInt(text) < 2n ** BigInt(bits)
const isGuid = (text: string): boolean => /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/.test(text)

/** Fractions of a second may be missing in a world: then there are none. */
const comparable = (instant: string): string => instant.includes('.') ? instant : instant.replace('Z', '.0000000Z')

export function judge (world: AccessWorld, question: Question, rules: Rules): Verdict {
  const { caller: { session } } = question
  if (session === null || (session.expires !== null && comparable(session.expires) <= NOW)) return { status: 401 }
  if (question.serviceVersion !== null && question.serviceVersion !== '1') return { status: 406 }
  return refuseRequest(question, rules) ?? refuseCaller(world, question, { session, rules }) ??
    (question.route === 'single' || question.route === 'update' ? judgeConfiguration(world, question, { session, rules }) : { status: 200 })
}

/** 406 and 400. */
function refuseRequest (question: Question, { dialect }: Rules): Verdict | undefined {
  const { route, contractVersion } = question
  if (contractVersion !== null && !isUnsigned(contractVersion, 32)) return { status: 400 }
  const version = Number(contractVersion ?? '1')
  if (route === 'update' && version !== 2) return { status: 406 }
  if (dialect === 'live' && (version < 1 || version > 5)) return { status: 406 }
  if (route === 'titleachievements' && generationOf(version, dialect) === 'modern') return { status: 406 }
  if (!isUnsigned(question.xuid, 64)) return { status: 400 }
  if (route === 'single' || route === 'update') {
    if (!isGuid(question.scid)) return { status: 400 }
    return route === 'single' ? isUnsigned(question.id, 32) ? undefined : { status: 400 } : isRightBody(question, dialect) ? undefined : { status: 400 }
  }
  if (route === 'titleachievements' && question.titleId === null) return { status: 400 }
  return question.maxItems === null || /^[15]$/.test(question.maxItems) ? undefined : { status: 400 }
}

function isRightBody ({ xuid, scid, titleId, body }: Question, dialect: Rules['dialect']): boolean {
  const isSame = dialect === 'live' ? body.serviceConfigId === scid : body.serviceConfigId.toLowerCase() === scid.toLowerCase()
  return body.userId === xuid && isSame && titleId !== null
}

const generationOf = (version: number, dialect: Rules['dialect']): AccessTitle['generation'] =>
  dialect === 'documented' ? version === 2 ? 'modern' : 'xbox360' : [2, 4, 5].includes(version) ? 'modern' : 'xbox360'

/** 403 for who may not look at the user. */
function refuseCaller (world: AccessWorld, { route, xuid }: Question, { session, rules: { crossUser } }: { session: AccessSession, rules: Rules }): Verdict | undefined {
  if (session.xuid === null) return { status: 403 }
  const isByTable = route !== 'update' && (crossUser === 'privacy' || (crossUser === 'documented' && (route === 'single' || route === 'history')))
  if (!isByTable) return session.xuid === xuid ? undefined : { status: 403, hides: 'user' }
  const target = world.users.find((user) => user.xuid === xuid)
  if (target === undefined) return { status: 403, hides: 'user' }
  // The documented table, row by row: me, friend, non-friend user, third-party site.
  const row = session.thirdPartySite ? 'site' : session.xuid === xuid ? 'me' : target.friends.includes(session.xuid) ? 'friend' : 'other'
  const mayLook = row === 'me' || target.privacy === 'everyone' || (target.privacy === 'friendsOnly' && row === 'friend')
  return mayLook ? undefined : { status: 403, hides: 'user' }
}

function judgeConfiguration (world: AccessWorld, question: Question, { session, rules: { dialect } }: { session: AccessSession, rules: Rules }): Verdict {
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
  const generation = question.route === 'update' ? 'modern' : dialect === 'live' ? generationOf(Number(question.contractVersion ?? '1'), dialect) : null
  const exists = (id: string): boolean => titles.some((title) =>
    title.sandboxes.includes(sandbox) && (generation === null || title.generation === generation) && title.achievements.some((achievement) => String(achievement.id) === id))
  const named = question.route === 'update' ? question.body.ids : [question.id]
  if (!named.every(exists)) return { status: 404 }
  return judgeMark(titles[0] as AccessTitle, { xuid: question.xuid, scid, achievementid: question.route === 'update' ? 'update' : question.id })
}

/** Moved, elsewhere for the moment, retired; else it is answered. */
function judgeMark ({ status, location }: AccessTitle, named: { xuid: string, scid: string, achievementid: string }): Verdict {
  if (status === 'retired') return { status: 410 }
  if (status === 'active' || location === null) return { status: 200 }
  const filled = location.split('{xuid}').join(named.xuid).split('{scid}').join(named.scid).split('{achievementid}').join(named.achievementid)
  return { status: status === 'moved' ? 301 : 307, location: filled }
}
