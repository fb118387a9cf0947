import { differenceOf, type Difference, type DifferenceSubject, type DifferenceMembers } from '../model/difference.ts'
import { completeReward } from './complete-reward.ts'
import { findPublishedSandboxes, type PublishedSandboxes } from './published-sandboxes.ts'
import type { World, WorldAchievement, WorldPlayedTitle, WorldProgress, WorldSession, WorldTitle, WorldUser } from './schema.ts'
import { localesOf, readTexts, textIn } from './texts.ts'

/** A world, and what is looked for in it again and again. */
interface Compared {
  readonly world: World
  readonly published: PublishedSandboxes
  readonly titles: ReadonlyMap<number, WorldTitle>
  readonly users: ReadonlyMap<string, WorldUser>
  /** The title that defines each achievement, and the achievement, by `{scid}/{id}`. */
  readonly achievements: ReadonlyMap<string, { readonly title: WorldTitle, readonly achievement: WorldAchievement }>
}

/**
 * Compares two checked worlds: what the second has otherwise than the first, by kind, each kind in the order of the
 * first world, with what is new behind it. Keys of the IGDB view are not compared, and nothing of a token is told but its claims.
 */
export function * compareWorlds (first: World, second: World): Generator<Difference> {
  const [before, after] = [prepareComparison(first), prepareComparison(second)]
  yield * compareTitles(before, after)
  const users = [...pairsOf(before.users, after.users)]
  for (const [was, is] of users) yield * some(differenceOf(aboutUser('user', is ?? was as WorldUser), settingsOf(was), settingsOf(is)))
  for (const pair of users) yield * compareFriends(pair, [before, after])
  for (const pair of users) yield * comparePlays(pair, [before, after])
  for (const pair of users) yield * compareProgress(pair, [before, after])
  yield * compareSessions(before, after)
}

function prepareComparison (world: World): Compared {
  return {
    world,
    published: findPublishedSandboxes(world.titles),
    titles: new Map(world.titles.map((title) => [title.titleId, title])),
    users: new Map(world.users.map((user) => [user.xuid, user])),
    achievements: new Map(world.titles.flatMap((title) => title.achievements.map((achievement) => [`${title.serviceConfigId}/${achievement.id}`, { title, achievement }])))
  }
}

/** What both have under each key; undefined where one has nothing. */
function * pairsOf<Key, Value> (before: ReadonlyMap<Key, Value>, after: ReadonlyMap<Key, Value>): Generator<[Value | undefined, Value | undefined]> {
  for (const [key, value] of before) yield [value, after.get(key)]
  for (const [key, value] of after) if (!before.has(key)) yield [undefined, value]
}

type Pair<T> = readonly [T | undefined, T | undefined]
type Both = readonly [Compared, Compared]

const some = <T>(value: T | undefined): T[] => value === undefined ? [] : [value]

const aboutUser = (kind: Difference['kind'], { xuid, gamertag }: WorldUser): DifferenceSubject => ({ kind, xuid, gamertag })

function * compareTitles (before: Compared, after: Compared): Generator<Difference> {
  const titles = [...pairsOf(before.titles, after.titles)]
  const subject = ({ titleId, name }: WorldTitle) => ({ titleId, title: name })
  for (const [was, is] of titles) yield * some(differenceOf({ kind: 'title', ...subject(is ?? was as WorldTitle) }, withoutAchievements(was), withoutAchievements(is)))
  for (const [was, is] of titles) {
    const present = is ?? was as WorldTitle
    const byId = (title: WorldTitle | undefined) => new Map(title?.achievements.map((achievement) => [achievement.id, achievement]))
    for (const [old, now] of pairsOf(byId(was), byId(is))) {
      const achievement = now ?? old as WorldAchievement
      yield * some(differenceOf({ kind: 'achievement', ...subject(present), achievement: nameAchievement(present, achievement) }, achievementDefinition(was, old), achievementDefinition(is, now)))
    }
  }
}

const nameAchievement = ({ serviceConfigId, defaultLocale }: WorldTitle, { id, name }: WorldAchievement) => ({ serviceConfigId, id, name: textIn(name, localesOf(name, defaultLocale)[0] as string) })

function withoutAchievements (title: WorldTitle | undefined): DifferenceMembers | null {
  if (title === undefined) return null
  const { achievements, sandboxes, ...members } = title
  return { ...members, sandboxes: sandboxes.toSorted() }
}

/** The definition of an achievement, its texts in each locale, as the database has them. */
function achievementDefinition (title: WorldTitle | undefined, achievement: WorldAchievement | undefined): DifferenceMembers | null {
  if (title === undefined || achievement === undefined) return null
  const { name, description, lockedDescription, rewards, ...members } = achievement
  return { ...members, texts: Object.fromEntries(readTexts(achievement, title.defaultLocale)), rewards: rewards.map(completeReward) }
}

function settingsOf (user: WorldUser | undefined): DifferenceMembers | null {
  if (user === undefined) return null
  const { gamertag, privacy, profile, presence, signInError } = user
  return { gamertag, privacy, profile, presence, signInError }
}

function * compareFriends ([was, is]: Pair<WorldUser>, [before, after]: Both): Generator<Difference> {
  const friendsOf = (user: WorldUser | undefined) => new Map(user?.friends.map((xuid) => [xuid, { xuid, isFavorite: user.favorites.includes(xuid) }]))
  for (const [old, now] of pairsOf(friendsOf(was), friendsOf(is))) {
    const { xuid } = now ?? old as { xuid: string }
    const { gamertag } = (after.users.get(xuid) ?? before.users.get(xuid)) as WorldUser
    yield * some(differenceOf({ ...aboutUser('friend', is ?? was as WorldUser), friend: { xuid, gamertag } }, favoriteOf(old), favoriteOf(now)))
  }
}

const favoriteOf = (friend: { readonly isFavorite: boolean } | undefined): DifferenceMembers | null => friend === undefined ? null : { isFavorite: friend.isFavorite }

/** Entries of a user by sandbox: one that names none is one for each sandbox that it is valid in. */
function bySandbox<T extends { readonly sandbox: string | null }> (entries: readonly T[], keyOf: (entry: T) => string, sandboxesOf: (entry: T) => ReadonlySet<string>): Map<string, T & { sandbox: string }> {
  return new Map(entries.flatMap((entry) => (entry.sandbox === null ? [...sandboxesOf(entry)] : [entry.sandbox])
    .map((sandbox) => [`${keyOf(entry)}/${sandbox}`, { ...entry, sandbox }])))
}

function * comparePlays ([was, is]: Pair<WorldUser>, [before, after]: Both): Generator<Difference> {
  const playsOf = (user: WorldUser | undefined, { published: { ofTitle } }: Compared) => bySandbox(user?.titles ?? [], ({ titleId }) => String(titleId), ({ titleId }) => ofTitle.get(titleId) as ReadonlySet<string>)
  for (const [old, now] of pairsOf(playsOf(was, before), playsOf(is, after))) {
    const { titleId, sandbox } = now ?? old as WorldPlayedTitle
    const { name: title } = (after.titles.get(titleId) ?? before.titles.get(titleId)) as WorldTitle
    yield * some(differenceOf({ ...aboutUser('play', is ?? was as WorldUser), titleId, title, sandbox }, playOf(old), playOf(now)))
  }
}

function playOf (play: WorldPlayedTitle | undefined): DifferenceMembers | null {
  if (play === undefined) return null
  const { lastPlayed, sequence, minutesPlayed, stats } = play
  return { lastPlayed, sequence, minutesPlayed, stats }
}

function * compareProgress ([was, is]: Pair<WorldUser>, [before, after]: Both): Generator<Difference> {
  const keyOf = ({ serviceConfigId, id }: WorldProgress): string => `${serviceConfigId}/${id}`
  const progressOf = (user: WorldUser | undefined, { published: { ofConfiguration } }: Compared) =>
    bySandbox(user?.achievements.filter(isBegun) ?? [], keyOf, ({ serviceConfigId }) => ofConfiguration.get(serviceConfigId) as ReadonlySet<string>)
  for (const [old, now] of pairsOf(progressOf(was, before), progressOf(is, after))) {
    const progress = now ?? old as WorldProgress
    const { title, achievement } = (after.achievements.get(keyOf(progress)) ?? before.achievements.get(keyOf(progress))) as { title: WorldTitle, achievement: WorldAchievement }
    const subject = { ...aboutUser('progress', is ?? was as WorldUser), titleId: title.titleId, title: title.name, sandbox: progress.sandbox, achievement: nameAchievement(title, achievement) }
    yield * some(differenceOf(subject, doneOf(old), doneOf(now)))
  }
}

/** Progress that is none is not kept. */
const isBegun = ({ percentComplete, timeUnlocked, isRevoked, requirements }: WorldProgress): boolean =>
  percentComplete > 0 || timeUnlocked !== null || isRevoked || requirements.length > 0

function doneOf (progress: WorldProgress | undefined): DifferenceMembers | null {
  if (progress === undefined) return null
  const { percentComplete, timeUnlocked, isRevoked, requirements } = progress
  return { percentComplete, timeUnlocked, isRevoked, requirements }
}

function * compareSessions (before: Compared, after: Compared): Generator<Difference> {
  const byToken = ({ world }: Compared) => new Map(world.sessions.map((session) => [`${session.userHash};${session.token};${session.xuid}`, session]))
  for (const [old, now] of pairsOf(byToken(before), byToken(after))) {
    const { xuid } = now ?? old as WorldSession
    const gamertag = xuid === null ? null : ((after.users.get(xuid) ?? before.users.get(xuid)) as WorldUser).gamertag
    yield * some(differenceOf({ kind: 'session', xuid, gamertag }, claimsOf(old), claimsOf(now)))
  }
}

/** What a token claims, and not the token. */
function claimsOf (session: WorldSession | undefined): DifferenceMembers | null {
  if (session === undefined) return null
  const { titleId, sandbox, location, thirdPartySite, expires } = session
  return { titleId, sandbox, location, thirdPartySite, expires }
}
