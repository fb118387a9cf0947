import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Load, Shot } from './load.ts'
import { authorizationOf, OTHER_TITLE, PAGES, SCID, TITLE, USERS, xuidOf } from './worlds.ts'

/** A kind of request that is measured. */
export interface Case extends Load {
  readonly name: string
  /** The world of bench/worlds.ts to which it is sent. `file`: the crowd, in a database file. */
  readonly world: 'crowd' | 'file' | 'depth' | 'library'
  /** Prepares a run against a server, and returns a function that makes the next request. */
  readonly shots: (url: string) => Promise<() => Shot>
  /** True when the case can be sent to a peer, which has one prepared answer. */
  readonly isForPeers?: true
}

const headersOf = (user: number): Record<string, string> => ({ authorization: authorizationOf(user), 'x-xbl-contract-version': '2' })
const listOf = (user: number, query = ''): Shot => ({ path: `/users/xuid(${xuidOf(user)})/achievements${query}`, headers: headersOf(user) })
const always = (shot: Shot) => async () => () => shot

export const CASES: readonly Case[] = [
  { name: 'list-hot', world: 'crowd', requests: 40_000, shots: always(listOf(7)), isForPeers: true },
  { name: 'list-users', world: 'crowd', requests: 20_000, shots: everyUser, isForPeers: true },
  { name: 'list-filters', world: 'crowd', requests: 10_000, readsAnswers: true, shots: filters },
  { name: 'single', world: 'crowd', requests: 40_000, shots: always({ ...listOf(7), path: `/users/xuid(${xuidOf(7)})/achievements/${SCID}/8` }), isForPeers: true },
  { name: 'update', world: 'crowd', requests: 20_000, shots: updates },
  { name: 'list-users-file', world: 'file', requests: 20_000, shots: everyUser },
  { name: 'update-file', world: 'file', requests: 10_000, shots: updates },
  { name: 'page-1', world: 'depth', requests: 10_000, shots: always(listOf(0)) },
  { name: 'page-1000', world: 'depth', requests: 10_000, shots: lastPage },
  { name: 'titlehub', world: 'library', requests: 200, shots: always({ ...listOf(0), path: `/users/xuid(${xuidOf(0)})/titles/titlehistory/decoration/achievement,image,scid,detail` }) }
]

/** All users in turn, in an order that no index has. */
async function everyUser (): Promise<() => Shot> {
  let user = 0
  return () => {
    user = (user + 7919) % USERS
    return listOf(user)
  }
}

/** Random filters and orders; every third request is for the next page of an earlier list. */
async function filters (): Promise<() => Shot> {
  const random = xoroshiro128plus(42)
  const pick = <T>(choices: readonly T[]): T => choices[uniformInt(random, 0, choices.length - 1)] as T
  const pages: Shot[] = []
  let count = 0
  return () => {
    const further = count++ % 3 === 2 ? pages.pop() : undefined
    if (further !== undefined) return further
    const query = new URLSearchParams({
      ...pick([{}, { titleId: String(TITLE) }, { titleId: `${TITLE},${OTHER_TITLE}` }]),
      ...pick([{}, {}, { types: 'Challenge' }, { types: 'Persistent' }]),
      ...pick([{}, {}, { unlockedOnly: 'true' }, { possibleOnly: 'true' }]),
      orderBy: pick(['Unordered', 'Title', 'UnlockTime', 'EndingSoon']),
      maxItems: String(pick([4, 16, 32, 64]))
    })
    const { path, headers } = listOf(uniformInt(random, 0, 999), `?${query}`)
    const shot = { path, headers: { ...headers, 'accept-language': pick(['en-US', 'fr-CA, de;q=0.5', 'ja', 'xx']) } }
    return {
      ...shot,
      onAnswer: (body) => {
        const token = JSON.parse(body).pagingInfo.continuationToken
        if (token !== null && pages.length < 100) pages.push({ ...shot, path: `${path}&continuationToken=${token}` })
      }
    }
  }
}

/** Each user's achievements in turn, by one percent a time. */
async function updates (): Promise<() => Shot> {
  let count = 0
  return () => {
    const user = count % USERS
    const percentComplete = 1 + Math.floor(count++ / USERS)
    const id = String((user + 90) % 96 + 1)
    return {
      method: 'POST',
      path: `/users/xuid(${xuidOf(user)})/achievements/${SCID}/update`,
      headers: headersOf(user),
      body: JSON.stringify({ action: 'progressUpdate', serviceConfigId: SCID, titleId: TITLE, userId: xuidOf(user), achievements: [{ id, percentComplete }] })
    }
  }
}

/** The last page of a list. */
async function lastPage (url: string): Promise<() => Shot> {
  const before = (PAGES - 1) * 32
  let shot = listOf(0)
  for (let items = 0, step = 0; items < before; items += step) {
    step = Math.min(1000, before - items)
    const answer = await fetch(`${url}${shot.path}${shot.path.includes('?') ? '&' : '?'}maxItems=${step}`, { headers: shot.headers })
    const { pagingInfo } = await answer.json() as { pagingInfo: { continuationToken: string } }
    shot = listOf(0, `?continuationToken=${pagingInfo.continuationToken}`)
  }
  return () => shot
}
