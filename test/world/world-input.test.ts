import { readFileSync } from 'node:fs'
import t from 'tap'
import { mergeWorlds } from '../../src/world/read.ts'
import type { World } from '../../src/world/schema.ts'
import type { WorldInput } from '../../src/world/world-input.ts'
import { thrownBy } from '../thrown-error.ts'
import { writeWorldInput } from './world-input.ts'

/** A type with all of its members, and theirs, as the emulator fills them in. */
type Complete<T> = T extends ReadonlyArray<infer Item>
  ? Array<Complete<Item>>
  : T extends object ? { -readonly [Name in keyof T]-?: Complete<Exclude<T[Name], undefined>> } : T

/** The types of these are compared by the compiler: `npm run lint`. */
const complete = (world: Required<World>): Complete<WorldInput> => world
const back = (world: Complete<WorldInput>): World => world
const exported = (world: World): WorldInput => world

t.test('the type is made of the schema', async (t) => {
  t.equal(readFileSync('src/world/world-input.ts', 'utf8'), writeWorldInput(), 'npm exec -- node test/world/world-input.ts > src/world/world-input.ts')
  const world = { $schema: '', titles: [], users: [], sessions: [], userKeys: [] }
  for (const same of [complete, back, exported]) t.equal(same(world), world)
})

/** What a misspelt member of a world is to the compiler, and when it is read. */
const MISSPELT: ReadonlyArray<[world: WorldInput, message: string]> = [
  // @ts-expect-error: titels
  [{ titels: [] }, 'world: /titels: unknown member; known are $schema, titles, users, sessions, userKeys'],
  // @ts-expect-error: gamerTag
  [{ users: [{ xuid: '1', gamertag: 'ann', gamerTag: 'ann' }] }, 'world: /users/0/gamerTag: unknown member; known are xuid, gamertag, privacy, friends, favorites, profile, presence, signInError, titles, achievements'],
  // @ts-expect-error: secret
  [{ titles: [{ titleId: 1, name: 'One', serviceConfigId: '11111111-2222-3333-4444-aaaaaaaaaaaa', achievements: [{ id: 1, name: 'First', secret: true }] }] }, 'world: /titles/0/achievements/0/secret: unknown member; known are id, name, description, lockedDescription, isSecret, achievementType, participationType, timeWindow, requirements, mediaAssets, rewards, estimatedTime, deeplink, xbox360, igdb'],
  // @ts-expect-error: friends
  [{ users: [{ xuid: '1', gamertag: 'ann', privacy: 'friends' }] }, 'world: /users/0/privacy: found "friends", expected one of "everyone", "friendsOnly", "blocked"'],
  // @ts-expect-error: a number
  [{ users: [{ xuid: 1, gamertag: 'ann' }] }, 'world: /users/0/xuid: found 1, expected a XUID: a decimal from "0" to "18446744073709551615", in quotes'],
  // @ts-expect-error: no gamertag
  [{ users: [{ xuid: '1' }] }, 'world: /users/0/gamertag: missing, expected a string that is not empty and has no control characters']
]

t.test('a misspelt member is an error of the compiler, and when the world is read', async (t) => {
  for (const [world, message] of MISSPELT) t.equal(thrownBy(() => mergeWorlds([{ file: 'world', document: structuredClone(world) }])).message, message)
})
