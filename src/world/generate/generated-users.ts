import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { formatInstant, DAY } from '../../base/instant.ts'
import { serviceConfigIdOf } from '../starting-world.ts'
import { pick, titleIdOf } from './generated-titles.ts'
import { ADJECTIVES, NOUNS } from './words.ts'
import type { WorldSize } from './world-size.ts'

/** The user hash of every token. */
const USER_HASH = 'load'

const xuidOf = (index: number): string => String(2_533_274_800_000_000 + index)
const tokenOf = (index: number): string => `token-${index}`

/** Nobody has played more titles, or begun more achievements of one. */
const MOST_PLAYED = 3
const MOST_BEGUN = 12
const MOST_FRIENDS = 3
/** How long a title was played: this, and something for each achievement that was begun. */
const FIRST_MINUTES = 20
const MINUTES_EACH = 35
/** The days on which the titles were played: the ten years before 2026. */
const FIRST_DAY = Date.UTC(2016, 0)
const DAYS = 3653

/** A title that users have played: its ids, and that of each of its achievements. */
export interface GeneratedPlay {
  readonly titleId: number
  readonly serviceConfigId: string
  /** The id of an achievement, counted from 0. */
  readonly idAt: (place: number) => number
  readonly achievements: number
}

/** The title of a generated world. */
const generatedTitle = (index: number, achievements: number): GeneratedPlay => {
  const titleId = titleIdOf(index)
  return { titleId, serviceConfigId: serviceConfigIdOf(titleId), idAt: (place) => place + 1, achievements }
}

/** The users as a world file has them, always the same for one seed. */
export const createUsers = (size: WorldSize): Generator<object> => createUsersOf(size, (index) => generatedTitle(index, size.achievements))

/** Users of other titles, always the same for one seed and the same titles. */
export function * createUsersOf (size: Omit<WorldSize, 'achievements'>, titleAt: (index: number) => GeneratedPlay): Generator<object> {
  const generator = xoroshiro128plus(size.seed)
  const draw = (limit: number, skew = 1): number => {
    const random = uniformFloat64(generator)
    let value = limit * random
    // Not a power: its last digits may differ from one version of Node to another.
    for (let times = 1; times < skew; times++) value *= random
    return Math.floor(value)
  }
  for (let index = 0; index < size.users; index++) yield createUser(index, size, { draw, titleAt })
}

/** A number from 0 to below `limit`. Small ones are more frequent the greater `skew` is. */
type Draw = (limit: number, skew?: number) => number

function createUser (index: number, { users, titles }: Pick<WorldSize, 'users' | 'titles'>, { draw, titleAt }: { draw: Draw, titleAt: (index: number) => GeneratedPlay }) {
  const friends = new Set(Array.from({ length: draw(MOST_FRIENDS + 1, 2) }, () => draw(users)))
  friends.delete(index)
  // The first titles have the most players.
  const played = new Set(Array.from({ length: titles === 0 ? 0 : 1 + draw(MOST_PLAYED, 2) }, () => draw(titles, 2)))
  const plays = [...played].map((title) => ({ title: titleAt(title), lastPlayed: FIRST_DAY + draw(DAYS) * DAY + draw(DAY) }))
    .map(({ title, lastPlayed }) => ({ title, lastPlayed, progress: createProgress(title, { lastPlayed, draw }) }))
  return {
    xuid: xuidOf(index),
    gamertag: `${pick(ADJECTIVES, index)} ${pick(NOUNS, Math.floor(index / ADJECTIVES.length))} ${index}`,
    ...[{}, {}, {}, { privacy: 'friendsOnly' }, { privacy: 'blocked' }][draw(5, 2)],
    friends: [...friends].map(xuidOf),
    titles: plays.map(({ title, lastPlayed, progress }) => ({ titleId: title.titleId, lastPlayed: formatInstant(lastPlayed), minutesPlayed: FIRST_MINUTES + MINUTES_EACH * progress.length })),
    achievements: plays.flatMap(({ progress }) => progress)
  }
}

/** Most have begun a few of the first achievements, and unlocked four of five. */
function createProgress ({ serviceConfigId, achievements, idAt }: GeneratedPlay, { lastPlayed, draw }: { lastPlayed: number, draw: Draw }) {
  const begun = new Set(Array.from({ length: achievements === 0 ? 0 : 1 + draw(MOST_BEGUN, 3) }, () => idAt(draw(achievements, 2))))
  return [...begun].sort((a, b) => a - b).map((id) => draw(5) === 0
    ? { serviceConfigId, id, percentComplete: 1 + draw(99) }
    : { serviceConfigId, id, percentComplete: 100, timeUnlocked: formatInstant(lastPlayed - draw(90 * DAY)) })
}

/** A token for each user. */
export function * createSessions ({ users }: Pick<WorldSize, 'users'>): Generator<object> {
  for (let index = 0; index < users; index++) yield { userHash: USER_HASH, token: tokenOf(index), xuid: xuidOf(index) }
}
