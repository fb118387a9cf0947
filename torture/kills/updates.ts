import type { World } from '../../src/world/schema.ts'
import type { Random } from '../random.ts'
import type { Server } from '../server.ts'
import { kill } from './doomed.ts'

/** Titles that report progress until the server is killed, several at a time. */

export const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const TITLE = 1_660_944_384
export const USER = '2533274790412952'
const AUTHORIZATION = 'XBL3.0 x=demo;titleless'

/** Achievements that can be reported at any time, and that nobody has begun. */
const free = (before: World): number[] => {
  const begun = new Set(before.users.find(({ xuid }) => xuid === USER)?.achievements.filter(({ serviceConfigId }) => serviceConfigId === SCID).map(({ id }) => id))
  return before.titles.find(({ titleId }) => titleId === TITLE)?.achievements.filter(({ id, timeWindow }) => timeWindow === null && !begun.has(id)).map(({ id }) => id) ?? []
}

/** What one title has sent. Report n says that the achievement is n percent done. */
export interface Writer { readonly id: number, sent: number, acknowledged: number }

async function report (port: number, writer: Writer): Promise<boolean> {
  writer.sent++
  const body = { action: 'progressUpdate', serviceConfigId: SCID, titleId: TITLE, userId: USER, achievements: [{ id: String(writer.id), percentComplete: writer.sent }] }
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/users/xuid(${USER})/achievements/${SCID}/update`, { method: 'POST', headers: { authorization: AUTHORIZATION, 'x-xbl-contract-version': '2' }, body: JSON.stringify(body) })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`an update was answered ${answer.status}`)
    writer.acknowledged = writer.sent
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Which achievements are reported, so many times at the most: those after the first `skip`. */
interface Reports { readonly before: World, readonly titles: number, readonly skip?: number, readonly most?: number }

/**
 * Reports from several titles at a time until the server no longer answers.
 *
 * @param onAcknowledged called after each report that was acknowledged.
 */
export async function keepReporting (port: number, { before, titles, skip = 0, most = 100 }: Reports, onAcknowledged: () => Promise<void> = async () => {}): Promise<Writer[]> {
  const writers = free(before).slice(skip, skip + titles).map((id): Writer => ({ id, sent: 0, acknowledged: 0 }))
  await Promise.all(writers.map(async (writer) => {
    while (writer.sent < most && await report(port, writer)) await onAcknowledged()
  }))
  return writers
}

/** Does the same, and kills the server after a random number of acknowledged reports. */
export async function updateUntilKilled (server: Server, before: World, random: Random): Promise<Writer[]> {
  let left = random.below(60)
  const writers = await keepReporting(server.port, { before, titles: 1 + random.below(4) }, async () => {
    if (left-- === 0) await kill(server)
  })
  await kill(server)
  return writers
}

/** Tells what was lost or written in part; undefined when nothing was. */
export function findLost (writers: readonly Writer[], before: World, after: World): string | undefined {
  const held = after.users.find(({ xuid }) => xuid === USER)?.achievements ?? []
  for (const { id, sent, acknowledged } of writers) {
    const found = held.find((each) => each.serviceConfigId === SCID && each.id === id)
    const percent = found?.percentComplete ?? 0
    if (percent < acknowledged) return `achievement ${id} is at ${percent}, ${acknowledged} was acknowledged`
    if (percent > sent) return `achievement ${id} is at ${percent}, ${sent} was sent`
    if (found !== undefined && (percent === 100) !== (found.timeUnlocked !== null)) return `achievement ${id} is at ${percent}, unlocked ${found.timeUnlocked}`
  }
  const ids = new Set(writers.map(({ id }) => id))
  const without = { ...after, users: after.users.map((user) => user.xuid === USER ? { ...user, achievements: user.achievements.filter(({ serviceConfigId, id }) => serviceConfigId !== SCID || !ids.has(id)) } : user) }
  return JSON.stringify(without) === JSON.stringify(before) ? undefined : 'something else in the world has changed'
}
