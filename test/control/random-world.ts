import fc from 'fast-check'
import { PATTERNS } from '../../src/world/schema.ts'
import { played as playedMembers, presence, profile, signInError, titleHub } from './random-neighbours.ts'
import { filled, instant, orNull, text } from './random-parts.ts'

const scid = (n: number): string => `aaaaaaaa-0000-0000-0000-00000000000${n}`
const locales = fc.constantFrom(['en-US'], ['EN-us'], ['fr-FR', 'en-US'], ['en-us', 'de', 'fr-CA'], null)

/** A text in each locale of its achievement. */
const localized = (names: readonly string[] | null): fc.Arbitrary<string | Record<string, string>> => names === null
  ? text
  : fc.tuple(...names.map(() => text)).map((texts) => Object.fromEntries(names.map((name, index) => [name, texts[index] as string])))

const mediaAsset = fc.record({ name: text, type: fc.constantFrom('Icon', 'Art'), url: filled })

const reward = (names: readonly string[] | null): fc.Arbitrary<object> => fc.record({
  name: orNull(localized(names)),
  description: orNull(fc.oneof(text, localized(names))),
  value: fc.nat(999).map(String),
  type: fc.constantFrom('Gamerscore', 'InApp', 'Art'),
  valueType: fc.constantFrom('Int', 'String', 'Uri', null),
  mediaAsset: orNull(mediaAsset)
}, { requiredKeys: ['value', 'type'] })

const count = orNull(fc.oneof(fc.nat(9), fc.constant(Number.MAX_SAFE_INTEGER)))

/** The IGDB record of an achievement in a world; its id follows from its index. */
const igdb = fc.record({
  hasId: fc.boolean(),
  category: fc.integer({ min: 1, max: 3 }),
  rank: count,
  game: count,
  tags: fc.uniqueArray(filled, { maxLength: 3 }),
  language: count,
  icon: orNull(fc.record({ height: count.map((height) => height && height % 99), url: filled, cloudinaryId: orNull(filled), width: orNull(fc.nat(9)) }, { requiredKeys: ['url'] })),
  externalId: orNull(filled),
  createdAt: fc.nat(9),
  updatedAt: count,
  owners: count,
  ownersPercentage: orNull(fc.double({ min: 0, max: 100, noNaN: true }))
}, { requiredKeys: ['hasId'] })

const achievement = locales.chain((names) => fc.record({
  name: localized(names),
  description: orNull(localized(names)),
  lockedDescription: orNull(localized(names)),
  isSecret: fc.boolean(),
  achievementType: fc.constantFrom('Persistent', 'Challenge'),
  participationType: fc.constantFrom('Individual', 'Group'),
  timeWindow: fc.constantFrom(null, { endDate: '2100-07-01T00:00:00.5Z', startDate: '2013-02-01T00:00:00Z' }, { startDate: '2013-02-01T00:00:00Z', endDate: '2014-07-01T00:00:00Z' }),
  requirements: fc.uniqueArray(fc.record({ id: filled, target: fc.constantFrom('100', '0.5', ''), valueType: fc.constantFrom('Integer', 'String'), operationType: fc.constantFrom(null, 'SUM', 'Minimum', 'anything') }), { selector: ({ id }) => id, maxLength: 3 }),
  mediaAssets: fc.array(mediaAsset, { maxLength: 2 }),
  rewards: fc.array(reward(names), { maxLength: 3 }),
  estimatedTime: fc.constantFrom(null, '06:12:14', '100:00:00'),
  deeplink: orNull(filled),
  xbox360: fc.record({ imageId: fc.nat(9), type: fc.integer({ min: 1, max: 7 }) }, { requiredKeys: [] }),
  igdb: orNull(igdb)
}, { requiredKeys: ['name', 'requirements', 'igdb'] }))

const title = fc.record({
  config: fc.nat(2),
  name: filled,
  version: orNull(filled),
  generation: fc.constantFrom('modern', 'xbox360'),
  platforms: fc.array(filled, { maxLength: 2 }),
  productId: fc.constantFrom(null, scid(9), scid(9).toUpperCase()),
  sandboxes: fc.uniqueArray(fc.constantFrom('RETAIL', 'XDKS.1', 'A'), { maxLength: 3 }),
  xbox360: fc.record({ titleType: fc.nat(5), platforms: fc.array(fc.nat(20), { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] }),
  clients: fc.nat(2),
  titleHub: orNull(titleHub),
  achievements: fc.array(achievement, { maxLength: 4 }),
  says: fc.boolean()
}).map(({ says, ...members }) => ({ ...members, ...says && members.generation === 'modern' && { achievementSystem: 'eventBased', refusesUpdates: true } }))

/** The members of a service configuration on which the titles that share it have to agree. */
const mark = fc.record({ public: fc.boolean(), status: fc.constantFrom('active', 'retired', 'moved', 'redirected') })

/** The sandboxes of progress entries. An entry without a sandbox excludes others for the same achievement. */
const sandbox = orNull(fc.constantFrom('RETAIL', 'XDKS.1', 'A', 'B'))
const standsAlone = <T extends { readonly sandbox: string | null }>(entries: readonly T[], keyOf: (entry: T) => string): T[] =>
  entries.filter((entry) => entry.sandbox === null || !entries.some((other) => other.sandbox === null && keyOf(other) === keyOf(entry)))

const user = fc.record({
  gamertag: filled.filter((name) => new RegExp(PATTERNS.gamertag).test(name)),
  privacy: fc.constantFrom('everyone', 'friendsOnly', 'blocked'),
  friends: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
  hasFavorites: fc.boolean(),
  profile: orNull(profile),
  presence: orNull(presence),
  signInError,
  played: fc.uniqueArray(fc.tuple(fc.nat(3), instant, sandbox, orNull(fc.nat(9)), playedMembers), { selector: ([index, , sandbox]) => `${index} ${sandbox}`, maxLength: 3 }),
  begun: fc.uniqueArray(fc.record({ title: fc.nat(3), index: fc.nat(3), sandbox, percentComplete: fc.constantFrom(0, 42, 100), timeUnlocked: orNull(instant), isRevoked: fc.boolean(), current: orNull(text) }),
    { selector: ({ title, index, sandbox }) => `${title} ${index} ${sandbox}`, maxLength: 8 })
})

const session = fc.record({
  userHash: fc.constantFrom('h', 'H', '!'), user: orNull(fc.nat(3)), title: orNull(fc.nat(3)), sandbox: fc.constantFrom(null, 'RETAIL', 'XDKS.1'), location: fc.constantFrom(null, 'FR'), thirdPartySite: fc.boolean(), expires: orNull(instant)
})

export interface RandomWorld {
  readonly titles: readonly object[]
  readonly users: ReadonlyArray<{ readonly xuid: string }>
  readonly sessions: ReadonlyArray<{ readonly userHash: string, readonly token: string }>
  readonly userKeys: readonly string[]
}

const withId = ({ hasId, ...said }: { hasId: boolean }, id: number): object => ({ ...said, id: hasId ? id : null })
const withPfn = ({ hasPfn, ...said }: { hasPfn: boolean }, index: number): object => ({ ...said, pfn: hasPfn ? `Pfn_${index}` : null })
const xuidOf = (index: number): string => String(18_446_744_073_709_551_615n - BigInt(index))
/** Descending ids, so that the order of definition differs from that of every key. */
const titleIdOf = (index: number): number => 4_294_967_295 - index

/** A world with every member that a world can have, in which titles share service configurations. */
export const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({
  titles: fc.array(title, { maxLength: 4 }), marks: fc.tuple(mark, mark, mark), users: fc.array(user, { maxLength: 4 }), sessions: fc.array(session, { maxLength: 4 }), userKeys: fc.uniqueArray(fc.constantFrom('demo', '!', '~', "'", ',', '__proto__'), { maxLength: 3 })
}).map(({ titles, marks, users, sessions, userKeys }) => ({
  titles: titles.map(({ config, achievements, clients, titleHub: hub, ...rest }, index) => ({
    ...rest,
    clientIds: Array.from({ length: clients }, (_none, place) => `${9 - place}-${index}`),
    titleHub: hub && withPfn(hub, index),
    titleId: titleIdOf(index),
    serviceConfigId: index % 2 === 0 ? scid(config) : scid(config).toUpperCase(),
    ...marks[config],
    ...['moved', 'redirected'].includes(marks[config]?.status ?? '') ? { location: '/{xuid}' } : {},
    achievements: achievements.map(({ igdb: said, ...each }, place) => ({ ...each, id: 100 * index + 50 - place, igdb: said && withId(said, 100 * index + 50 - place) }))
  })),
  users: users.map(({ friends, hasFavorites, played, begun, ...rest }, index) => ({
    ...rest,
    xuid: xuidOf(index),
    gamertag: `${rest.gamertag} ${index}`,
    friends: friends.filter((friend) => friend !== index && friend < users.length).map(xuidOf),
    favorites: friends.filter((friend) => hasFavorites && friend !== index && friend < users.length).slice(0, 1).map(xuidOf),
    titles: standsAlone(played.filter(([place]) => place < titles.length).map(([place, lastPlayed, sandbox, sequence, members]) => ({ titleId: titleIdOf(place), sandbox, lastPlayed, sequence, ...members })), ({ titleId }) => String(titleId)),
    achievements: standsAlone(begun, ({ title, index }) => `${title} ${index}`).flatMap(({ title, index: place, current, ...progress }) => {
      const found = titles[title]?.achievements[place]
      if (found === undefined) return []
      const requirements = current === null ? [] : found.requirements.toReversed().map(({ id }) => ({ id, current }))
      return [{ ...progress, serviceConfigId: scid(titles[title]?.config ?? 0), id: 100 * title + 50 - place, requirements }]
    })
  })),
  sessions: sessions.map(({ user, title, ...rest }, index) => ({
    ...rest, token: `t${index}`, xuid: user === null || user >= users.length ? null : xuidOf(user), titleId: title === null || title >= titles.length ? null : titleIdOf(title)
  })),
  userKeys
}))
