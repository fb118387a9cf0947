import type { Test } from 'tap'
import { command } from '../control/client.ts'
import { connectTo } from '../control/real-time-client.ts'
import { DEMO, FRIEND, GAMER, SAMPLE_SCID, listOf, singleOf, type Emulator } from '../helper.ts'

/** Lantern Archipelago, the title of the demo world with the most achievements. */
export const LANTERN = { titleId: 1660944384, scid: '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764' }

/** When the lively world is looked at. */
export const LIVELY_NOW = Date.UTC(2026, 2, 18, 9, 14)

const PEOPLE = ['Ada Quill', 'brassmoth', 'Cinder Vale', 'dotted line', 'Eleven Owls', 'fernhollow', 'Gable', 'Harrowgate', 'inkwell', 'Juniper Roe', 'Kestrel 77', 'lowtide', 'Marrow', 'Nettle']

/** The demo world with more people, who have played. */
export function livelyWorld (): object {
  const users = PEOPLE.map((gamertag, index) => ({
    xuid: String(2533274790413000 + index),
    gamertag,
    privacy: ['everyone', 'friendsOnly', 'blocked'][index % 3],
    friends: index % 2 === 0 ? [GAMER] : [],
    titles: [{ titleId: LANTERN.titleId, lastPlayed: dayBefore(index) }],
    achievements: Array.from({ length: (index * 7) % 31 }, (_, at) => ({ serviceConfigId: LANTERN.scid, id: at + 1, percentComplete: 100, timeUnlocked: dayBefore(index + at) }))
  }))
  return { ...DEMO, users: [...DEMO.users, ...users] }
}

const dayBefore = (days: number): string => new Date(LIVELY_NOW - days * 86_400_000 - 3_600_000).toISOString()

/** A clock that a test moves, in ms since 1970. */
export interface MovedClock { time: number }

/**
 * Lets an emulator look as in the middle of a day's work: requests that were answered and refused, faults, rate limits,
 * a connection of Real-Time Activity, a clock that stands still. Always the same.
 */
export async function makeLively (t: Test, { emulator, url, clock }: { emulator: Emulator, url: string, clock: MovedClock }): Promise<void> {
  await command(emulator, 'PUT', '/requests/settings', { answers: true })
  await playGame(emulator, clock)
  await command(emulator, 'POST', '/faults', { path: '/users/*/achievements/*/update', method: 'POST', status: 503, times: 9, retryAfter: 5 })
  await command(emulator, 'POST', '/faults', { path: '*', xuid: FRIEND, delay: 1500, probability: 0.25, seed: 20 })
  await command(emulator, 'POST', '/rta/faults', { on: 'event', drop: true, times: 2 })
  await command(emulator, 'PUT', '/rate-limits', { limits: { burst: 40, sustain: 100 } })
  const client = await connectTo(t, url, 'demo;gamer')
  await client.subscribe(1, `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${LANTERN.scid}`)
  await playGame(emulator, clock)
  await command(emulator, 'PUT', '/clock', { now: new Date(clock.time).toISOString() })
}

/** What a game asks, and what a developer gets wrong. */
async function playGame ({ app }: Emulator, clock: MovedClock): Promise<void> {
  const ask = async (path: string, { session = 'demo;gamer', version = '2', method = 'GET', body }: { session?: string, version?: string | null, method?: 'GET' | 'POST', body?: object } = {}): Promise<void> => {
    clock.time += 137 + path.length * 11 % 400
    await app.inject({ method, url: path, headers: { authorization: `XBL3.0 x=${session}`, ...version !== null && { 'x-xbl-contract-version': version } }, ...body && { payload: body } })
  }
  for (let at = 0; at < 6; at++) {
    await ask(listOf(GAMER, '?maxItems=25'))
    await ask(listOf(GAMER, `?titleId=${LANTERN.titleId}&orderBy=UnlockTime&unlockedOnly=true`))
    await ask(singleOf(GAMER, LANTERN.scid, 3 + at))
    await ask(`/users/xuid(${GAMER})/achievements/${SAMPLE_SCID}/update`, { method: 'POST', body: { action: 'progressUpdate', serviceConfigId: SAMPLE_SCID, titleId: 3051199919, userId: GAMER, achievements: [{ id: '3', percentComplete: 40 + at * 5 }] } })
    await ask(listOf(FRIEND), { session: 'demo;friend' })
    await ask(`/users/batch?at=${at}`, { method: 'POST', body: {} })
  }
  await ask(listOf(GAMER), { version: null })
  await ask(listOf('2533274790412954'), { session: 'demo;friend' })
  await ask(listOf(GAMER), { session: 'demo;expired' })
  await ask(singleOf(GAMER, SAMPLE_SCID, 99))
  await ask(listOf(GAMER, '?maxItems=-1'))
}
