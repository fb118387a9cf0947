import type { Test } from 'tap'
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts'

/** What every whole flow begins with, and what it ends with: an achievement that a client, once it is signed in, unlocks and reads. */

export const PLAYER = { xuid: '2533274790000001', gamertag: 'Player One' }

const titleOf = (titleId: number, last: string) => ({
  titleId,
  name: `Title ${titleId}`,
  serviceConfigId: `00000000-0000-0000-0000-00000000000${last}`,
  achievements: [{ id: 1, name: 'Begin', requirements: [{ id: 'begun', target: '1' }] }, { id: 2, name: 'End', requirements: [{ id: 'ended', target: '1' }] }]
})

/** The smallest worlds that somebody would write: one title, which is not public, or two. */
export const WORLDS = {
  one: { titles: [titleOf(1001, '1')], users: [PLAYER, { xuid: '2533274790000002', gamertag: 'Other' }] },
  two: { titles: [titleOf(1001, '1'), { ...titleOf(1002, '2'), public: true }], users: [PLAYER] }
}

/** An emulator that answers every host of Xbox Live in this process until the test ends, in the live dialect. */
export async function intercept (t: Test, options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ dialect: 'live', world: WORLDS.one, ...options })
  t.teardown(emulator.close)
  emulator.intercept()
  return emulator
}

/** A token as clients keep it. */
export interface Held {
  readonly userHash: string
  readonly token: string
}

/**
 * Unlocks the first achievement of a title with a token, and reads it as achievement clients do: singly, then in the list.
 *
 * @param isUnlocked true when the test has done so before.
 */
export async function unlock (t: Test, { userHash, token }: Held, { titleId = 1001, isUnlocked = false } = {}): Promise<void> {
  const { xuid } = PLAYER
  const { serviceConfigId: scid } = titleOf(titleId, String(titleId % 10))
  const ask = async (path: string, body?: object): Promise<{ status: number, answer: any }> => {
    const response = await fetch(`https://achievements.xboxlive.com/users/xuid(${xuid})/achievements${path}`, {
      headers: { authorization: `XBL3.0 x=${userHash};${token}`, 'x-xbl-contract-version': '2', 'content-type': 'application/json' },
      ...body && { method: 'POST', body: JSON.stringify(body) }
    })
    const text = await response.text()
    return { status: response.status, answer: text === '' ? null : JSON.parse(text) }
  }
  const update = await ask(`/${scid}/update`, { action: 'progressUpdate', serviceConfigId: scid, titleId, userId: xuid, achievements: [{ id: '1', percentComplete: 100 }] })
  t.equal(update.status, isUnlocked ? 304 : 200, `the update: ${JSON.stringify(update.answer)}`)
  t.match(await ask(`/${scid}/1`), { status: 200, answer: { achievements: [{ id: '1', progressState: 'Achieved' }] } })
  const { status, answer } = await ask(`?titleId=${titleId}`)
  t.strictSame([status, answer.achievements?.map(({ id, progressState }: any) => [id, progressState])], [200, [['1', 'Achieved'], ['2', 'NotStarted']]])
}

/** Walks through an authorize page as a person with a browser does, who chooses the player, and returns where it leads back to. */
export async function choose (address: string, gamertag = PLAYER.gamertag): Promise<URL> {
  const page = await (await fetch(address)).text()
  const [, href = ''] = page.match(new RegExp(`<a href="([^"]*)">${gamertag}</a>`)) ?? []
  const { headers } = await fetch(new URL(href.replaceAll('&amp;', '&'), address), { redirect: 'manual' })
  return new URL(headers.get('location') ?? `missing:${page}`)
}

/** Lets the player approve what a device shows. */
export function approve (emulator: Emulator, { user_code: userCode = '', userCode: code = userCode }: { user_code?: string, userCode?: string }): void {
  emulator.approveDeviceCode(code, PLAYER.gamertag)
}

/** The paths and statuses of what was refused. */
export const refusedOf = (emulator: Emulator): unknown[] => emulator.requests().filter(({ status }) => (status ?? 0) >= 400).map(({ path, status }) => [path, status])

/** Waits that clients make between two questions, all of some seconds, are over at once: what is approved needs no time. */
export function withoutWaiting (t: Test): void {
  const { setTimeout: real } = globalThis
  globalThis.setTimeout = Object.assign((run: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => real(run, delay === 5000 ? 0 : delay, ...args), real)
  t.teardown(() => { globalThis.setTimeout = real })
}

/** Does without what a package prints. */
export function silence (t: Test): void {
  const { log, info } = console
  Object.assign(console, { log: () => {}, info: () => {} })
  t.teardown(() => { Object.assign(console, { log, info }) })
}
