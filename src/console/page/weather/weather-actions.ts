import { counted } from '../../../base/counted.ts'
import type { ClockState } from '../../../control/clock-routes.ts'
import type { Fault } from '../../../control/faults/faults.ts'
import type { ShownRateLimits } from '../../../control/rate-limit-routes.ts'
import type { RealTimeFault } from '../../../http/real-time-fault.ts'
import type { RateLimits } from '../../../rules/rate-limit.ts'
import { settingOf, type ClockSetting, type ReadClock } from '../../text/clock-words.ts'
import { isOn } from '../../text/fault-words.ts'
import { act, read } from '../api.ts'
import { didUndoable } from '../undo.ts'

/** Where the faults of a kind are. */
export type FaultsPath = '/_emulator/faults' | '/_emulator/rta/faults'
export type AnyFault = Fault | RealTimeFault

/** Switches faults on or off, and says it. */
export async function switchFaults (path: FaultsPath, faults: readonly AnyFault[], { enabled, text }: { readonly enabled: boolean, readonly text: string }): Promise<void> {
  const change = async (to: boolean): Promise<void> => { for (const { id } of faults) await act('PATCH', `${path}/${id}`, { enabled: to }) }
  await change(enabled)
  didUndoable({ text, undo: async () => { await change(!enabled) } })
}

/** Switches all faults off that are on now: also one that the page has not heard of yet. */
export async function switchAllOff (path: FaultsPath, noun: string): Promise<void> {
  const { faults } = await read<{ faults: AnyFault[] }>(path)
  const on = faults.filter(isOn)
  await switchFaults(path, on, { enabled: false, text: `Switched off ${counted(on.length, noun)}` })
}

/** Deletes a fault. To undo that sets up another one like it, with its counter, in its place. */
export async function deleteFault (path: FaultsPath, { id }: Pick<AnyFault, 'id'>, text: string): Promise<void> {
  const { faults } = await read<{ faults: AnyFault[] }>(path)
  await act('DELETE', `${path}/${id}`)
  const index = faults.findIndex((fault) => fault.id === id)
  const { id: _id, happened, enabled, ...spec } = faults[index] as AnyFault
  didUndoable({
    text,
    undo: async () => {
      // Off at first: it shall not happen before it is where it was.
      const added = await act<AnyFault>('POST', path, { ...spec, enabled: false })
      await act('PATCH', `${path}/${added.id}`, { enabled, happened, position: index + 1 })
    }
  })
}

/** Changes a fault. Undo puts back what is given as it was then, which the page may not have heard of yet. @param restored what undo puts back besides. */
export async function changeFault (path: FaultsPath, { id }: Pick<AnyFault, 'id'>, { change, restored = [], text }: { readonly change: object, readonly restored?: readonly string[], readonly text: string }): Promise<void> {
  const { faults } = await read<{ faults: AnyFault[] }>(path)
  const index = faults.findIndex((fault) => fault.id === id)
  await act('PATCH', `${path}/${id}`, change)
  const before: Readonly<Record<string, unknown>> = { ...faults[index], position: index + 1 }
  const back = Object.fromEntries([...Object.keys(change), ...restored].map((name) => [name, before[name]]))
  didUndoable({ text, undo: async () => { await act('PATCH', `${path}/${id}`, back) } })
}

/** Sets a fault up. */
export async function addFault<Spec> (path: FaultsPath, spec: Partial<Spec>, describe: (added: Partial<Spec>) => string): Promise<void> {
  const added = await act<Partial<Spec> & Pick<AnyFault, 'id'>>('POST', path, spec)
  didUndoable({ text: `New fault: ${describe(added)}`, undo: async () => { await act('DELETE', `${path}/${added.id}`) } })
}

/** What was done last to the clock: what is done next waits for it, as it may depend on it. */
let lastSetting: Promise<unknown> = Promise.resolve()

/** Sets the clock. Undo goes back to how it was then. @param settingAfter what it becomes, of what it is then: the page may show an older one. */
export async function setClock (settingAfter: (clock: ReadClock) => ClockSetting, text: string): Promise<void> {
  const setting = lastSetting.then(async () => { await changeClock(settingAfter, text) })
  lastSetting = setting.catch(() => {})
  await setting
}

async function changeClock (settingAfter: (clock: ReadClock) => ClockSetting, text: string): Promise<void> {
  const before = await read<ClockState>('/_emulator/clock')
  await sendClock(settingAfter({ ...before, readAt: Date.now() }))
  didUndoable({ text, undo: async () => { await sendClock(settingOf(before)) } })
}

async function sendClock (setting: ClockSetting): Promise<void> {
  if (setting === null) await act('DELETE', '/_emulator/clock')
  else await act('PUT', '/_emulator/clock', setting)
}

/** Sets the rate limits; null: none. */
export async function setLimits (limits: RateLimits | null, text: string): Promise<void> {
  await changeLimits(async () => { await act('PUT', RATE_LIMITS, { limits }) }, text)
}

/** Goes back to the limits of the start, and counts anew. */
export async function resetLimits (): Promise<void> {
  await changeLimits(async () => { await act('DELETE', RATE_LIMITS) }, 'The rate limits are as at the start')
}

const RATE_LIMITS = '/_emulator/rate-limits'

/** Undo goes back to the limits that there were then: the page may show older ones still. */
async function changeLimits (change: () => Promise<void>, text: string): Promise<void> {
  const { limits } = await read<ShownRateLimits>(`${RATE_LIMITS}?limit=1`)
  await change()
  didUndoable({ text, undo: async () => { await act('PUT', RATE_LIMITS, { limits }) } })
}
