import { formatInstant } from '../base/instant.ts'
import type { Services } from '../http/services.ts'
import { NO_PROGRESS } from '../model/progress.ts'
import type { Claims } from '../model/session.ts'
import { DEFAULT_SANDBOX, type ListedTitle } from '../model/title.ts'
import type { Profile, StoredUser } from '../model/user.ts'
import type { WorldAchievement, WorldSession } from '../world/schema.ts'
import * as demo from './examples.ts'

/** How many titles, users and sessions of a world are looked at. */
const LOOKED_AT = 100

/** Who and what examples are about in a world; what it does not have is undefined. */
export interface Cast {
  readonly user: Profile | undefined
  /** Whom the user has added. */
  readonly friend: Profile | undefined
  /** Somebody who shows nothing to anybody. */
  readonly hidden: Profile | undefined
  readonly title: ListedTitle | undefined
  /** A title of the Xbox 360. */
  readonly xbox360: ListedTitle | undefined
  /** An achievement of the title, whether the user has unlocked it or not. */
  readonly achievementId: number | undefined
  readonly unlockedId: number | undefined
  /** One whose progress the title can report: the user has done less than half of it. */
  readonly reportableId: number | undefined
  /** A token of the user with which a title can report. */
  readonly session: WorldSession | undefined
  readonly friendsSession: WorldSession | undefined
  readonly userKey: string | undefined
  /** The claims of such a token, with which the page makes one when the world has none. */
  readonly claims: Pick<Claims, 'xuid' | 'titleId' | 'sandbox'> | undefined
}

/** The cast of nothing: what examples have then are placeholders. */
export const EMPTY_CAST: Cast = {
  user: undefined, friend: undefined, hidden: undefined, title: undefined, xbox360: undefined, achievementId: undefined, unlockedId: undefined, reportableId: undefined, session: undefined, friendsSession: undefined, userKey: undefined, claims: undefined
}

type Reads = Pick<Services, 'store'> & { readonly now: number }

/** True when whom the examples are written of is there, as in the demo world. */
export function isDemoWorld ({ store: { sessions, catalogue, people } }: Pick<Services, 'store'>): boolean {
  const [caller] = sessions.find({ userHash: 'demo', token: 'titleless' })
  return caller?.xuid === demo.GAMER && people.find(demo.STRANGER)?.privacy === 'blocked' &&
    catalogue.findTitleIds(demo.SCID).includes(Number(demo.TITLE)) && catalogue.findTitleIds(demo.RETIRED_SCID).length > 0
}

/** Finds who and what examples can be about. Of a large world only the beginning is looked at. */
export function findCast (reads: Reads): Cast {
  const { store: { people, catalogue, igdb } } = reads
  const first = listSessionsOf(reads, null).find(({ xuid }) => xuid !== null)
  const user = first?.xuid == null ? people.list(1)[0] : people.findNamed(first.xuid)
  const person = user && people.find(user.xuid)
  if (user === undefined || person === undefined) return { ...EMPTY_CAST, userKey: igdb.findExampleKey() }
  const sandbox = first?.sandbox ?? DEFAULT_SANDBOX
  const titles = catalogue.listTitles({ after: null, limit: LOOKED_AT }).filter(({ sandboxes, achievementCount }) => sandboxes.includes(sandbox) && achievementCount > 0)
  const title = chooseExampleTitle(titles, first?.titleId)
  const [friend] = people.listFriends(person)
  const befriended = friend && people.find(friend.xuid)
  return {
    user,
    friend,
    hidden: people.readPage({ gamertag: '', after: null, limit: LOOKED_AT }).find(({ xuid, privacy }) => privacy === 'blocked' && xuid !== user.xuid),
    title,
    xbox360: titles.find(({ generation }) => generation === 'xbox360'),
    ...findAchievements(reads, { person, title, sandbox }),
    session: listSessionsOf(reads, person).find((session) => (session.sandbox ?? DEFAULT_SANDBOX) === sandbox && mayReport(reads, session, title)),
    friendsSession: befriended && listSessionsOf(reads, befriended)[0],
    userKey: igdb.findExampleKey(),
    claims: { xuid: user.xuid, titleId: title?.titleId ?? null, sandbox }
  }
}

/** The tokens of a user, or of all, that are no web site's and have not ended. */
function listSessionsOf ({ store: { world }, now }: Reads, person: StoredUser | null): WorldSession[] {
  const instant = formatInstant(now)
  return world.listSessions({ person, after: 0, limit: LOOKED_AT }).map(({ session }) => session)
    .filter(({ thirdPartySite, expires }) => !thirdPartySite && (expires === null || expires > instant))
}

/** True for a token of the title, and for one that may be any title. One without a title claim may not read a title that is not public. */
const mayReport = ({ store: { catalogue } }: Reads, { titleId }: WorldSession, title: ListedTitle | undefined): boolean =>
  title !== undefined && titleId !== null && (titleId === title.titleId || !catalogue.hasTitle(titleId))

/** The title of the token, else the first one that reports progress itself, else any. */
const chooseExampleTitle = (titles: readonly ListedTitle[], titleId: number | null | undefined): ListedTitle | undefined =>
  titles.find((title) => title.titleId === titleId && title.generation === 'modern') ??
  titles.find(({ achievementSystem }) => achievementSystem === 'titleManaged') ??
  titles.find(({ generation }) => generation === 'modern')

function findAchievements ({ store: { progress, world } }: Reads, { person, title, sandbox }: {
  person: StoredUser, title: ListedTitle | undefined, sandbox: string
}): Pick<Cast, 'achievementId' | 'unlockedId' | 'reportableId'> {
  const achievements = title && world.findTitle(title.titleId)?.achievements
  if (title === undefined || achievements === undefined) return { achievementId: undefined, unlockedId: undefined, reportableId: undefined }
  const begun = new Map(progress.listBegun({ person: person.row, sandbox, scid: title.serviceConfigId, id: null }).map(({ id, before }) => [id, before]))
  const isReportable = ({ id, timeWindow }: WorldAchievement): boolean => {
    const { timeUnlocked, isRevoked, percentComplete } = begun.get(id) ?? NO_PROGRESS
    return timeWindow === null && timeUnlocked === null && !isRevoked && percentComplete < 50
  }
  return {
    achievementId: achievements[0]?.id,
    unlockedId: achievements.find(({ id }) => begun.get(id)?.timeUnlocked != null && !begun.get(id)?.isRevoked)?.id,
    reportableId: title.achievementSystem === 'titleManaged' ? achievements.find(isReportable)?.id : undefined
  }
}
