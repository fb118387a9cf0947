import type { ClockState } from '../../../control/clock-routes.ts'
import type { Fault } from '../../../control/faults/faults.ts'
import type { RealTimeFault } from '../../../http/real-time-fault.ts'
import type { RateLimits } from '../../../rules/rate-limit.ts'
import { settingOf, type ClockSetting } from '../../text/clock-words.ts'
import { isOn } from '../../text/fault-words.ts'
import { act, read } from '../api.ts'
import { didUndoable, sayFailure } from '../undo.ts'

/** Where the faults of a kind are. */
export type FaultsPath = '/_emulator/faults' | '/_emulator/rta/faults'
export type AnyFault = Fault | RealTimeFault

/** Runs an action of a button. What the emulator refuses is said by the action. */
export function run (action: () => Promise<unknown>): void {
  action().catch(sayFailure)
}

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
  await switchFaults(path, on, { enabled: false, text: `Switched off ${on.length} ${noun}${on.length === 1 ? '' : 's'}` })
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

/** Changes a fault. What is given is put back by undo. */
export async function changeFault (path: FaultsPath, { id }: Pick<AnyFault, 'id'>, { change, back, text }: { readonly change: object, readonly back: object, readonly text: string }): Promise<void> {
  await act('PATCH', `${path}/${id}`, change)
  didUndoable({ text, undo: async () => { await act('PATCH', `${path}/${id}`, back) } })
}

/** Sets a fault up. */
export async function addFault (path: FaultsPath, spec: object, describe: (added: AnyFault) => string): Promise<void> {
  const added = await act<AnyFault>('POST', path, spec)
  didUndoable({ text: `New fault: ${describe(added)}`, undo: async () => { await act('DELETE', `${path}/${added.id}`) } })
}

/** Sets the clock. @param before as it was, to which undo goes back. */
export async function setClock (setting: ClockSetting, { before, text }: { readonly before: ClockState, readonly text: string }): Promise<void> {
  await sendClock(setting)
  didUndoable({ text, undo: async () => { await sendClock(settingOf(before)) } })
}

async function sendClock (setting: ClockSetting): Promise<void> {
  if (setting === null) await act('DELETE', '/_emulator/clock')
  else await act('PUT', '/_emulator/clock', setting)
}

/** Sets the rate limits; null: none. */
export async function setLimits (limits: RateLimits | null, { before, text }: { readonly before: RateLimits | null, readonly text: string }): Promise<void> {
  await act('PUT', '/_emulator/rate-limits', { limits })
  didUndoable({ text, undo: async () => { await act('PUT', '/_emulator/rate-limits', { limits: before }) } })
}
