import { computed, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { ClockState } from '../../../control/clock-routes.ts'
import type { Fault } from '../../../control/faults/faults.ts'
import type { FrameEntry } from '../../../control/journal/frame.ts'
import type { ShownRateLimits } from '../../../control/rate-limit-routes.ts'
import type { RealTimeFault } from '../../../http/real-time-fault.ts'
import { clockAt, writeInstant, type ReadClock } from '../../text/clock-words.ts'
import { cutAfter, type ConnectionEvent, type CutConnection } from '../../text/cut-connections.ts'
import { onEvent, type LiveEvent } from '../live.ts'
import { useRead, type Reading } from '../use-read.ts'

/** What goes wrong on purpose, as the top line and the place both show it: read once. */
interface Weather {
  readonly clock: ReadClock | undefined
  /** Undefined: they have not been read yet, and nobody knows that there are none. */
  readonly faults: readonly Fault[] | undefined
  /** Undefined: they have not been read yet, or there is no real-time activity. */
  readonly realTimeFaults: readonly RealTimeFault[] | undefined
  /** The limits, and the first of those whose next request is refused. */
  readonly limits: ShownRateLimits | undefined
  /** Why the last request for the faults failed. */
  readonly error: Error | undefined
  readonly reload: () => void
}

export const weather = signal<Weather>({ clock: undefined, faults: undefined, realTimeFaults: undefined, limits: undefined, error: undefined, reload: () => {} })

/** The clock alone: whoever shows what it says is drawn anew for no other weather. */
const emulatorClock = computed(() => weather.value.clock)

/** Connections of real-time activity that were cut, whose client has not come back. */
export const cutConnections = signal<readonly CutConnection[]>([])

/** The event, with the frames that the stream has, too. */
type AnyEvent = LiveEvent | ({ readonly kind: 'frame' } & FrameEntry)

/** True for what a fault has happened to. A request says so; what real-time activity loses, nothing says. */
const isFaulted = (event: LiveEvent): boolean => event.kind === 'fault' || (event.kind === 'request' && event.fault !== null)
const isOfRealTime = (event: AnyEvent): boolean => event.kind === 'rtaFault' || (['frame', 'progress', 'subscription'].includes(event.kind) && weather.peek().realTimeFaults?.length !== 0)
/** Whether an event has switched the rate limits on: requests count from then on, also before the limits have been read. */
let areSwitchedOn = false
/** True for what may change the windows of callers. */
export const isLimited = (event: LiveEvent): boolean => ['rateLimit', 'clock'].includes(event.kind) || (event.kind === 'request' && (areSwitchedOn || weather.peek().limits?.limits !== null))

/** Keeps {@link weather} as it is. For the top line, which is always there. */
export function useWeather (): void {
  const clock = useRead<ClockState>('/_emulator/clock', ({ kind }) => kind === 'clock')
  const faults = useRead<{ faults: Fault[] }>('/_emulator/faults', isFaulted)
  const realTimeFaults = useRead<{ faults: RealTimeFault[] }>('/_emulator/rta/faults', isOfRealTime)
  const limits = useRead<ShownRateLimits>('/_emulator/rate-limits?full=true&limit=3', isLimited)
  const readClock = useReadAt(clock)
  const { reload } = faults
  useEffect(() => {
    weather.value = { clock: readClock, faults: faults.value?.faults, realTimeFaults: realTimeFaults.value?.faults, limits: limits.value, error: faults.error, reload }
  }, [readClock, faults.value, realTimeFaults.value, limits.value, faults.error])
  useEffect(() => onEvent((event) => {
    if (event.kind === 'rateLimit') areSwitchedOn = event.limits !== null
    cutConnections.value = cutAfter(cutConnections.peek(), event as ConnectionEvent)
  }), [])
}

function useReadAt ({ value }: Reading<ClockState>): ReadClock | undefined {
  const [read, setRead] = useState<ReadClock>()
  useEffect(() => { if (value !== undefined) setRead({ ...value, readAt: Date.now() }) }, [value])
  return read
}

/** The emulator's time when something is drawn, in ms, and again once the clock is set; undefined before it is known. */
export function emulatorTime (): number | undefined {
  const clock = emulatorClock.value
  return clock === undefined ? undefined : clockAt(clock, Date.now())
}

/** The same, ticking without asking. */
export function useEmulatorNow (): number | undefined {
  const clock = emulatorClock.value
  const [, setTick] = useState(0)
  useEffect(() => {
    if (clock === undefined || clock.isFrozen) return
    let timer: ReturnType<typeof setTimeout>
    const tick = (): void => {
      setTick((count) => count + 1)
      plan()
    }
    const plan = (): void => { timer = setTimeout(tick, 1000 - clockAt(clock, Date.now()) % 1000 + 5) }
    plan()
    return () => { clearTimeout(timer) }
  }, [clock])
  return emulatorTime()
}

/** The same as the emulator writes it; before it is known an empty text, which comes before all instants. */
export function useEmulatorInstant (): string {
  const now = useEmulatorNow()
  return now === undefined ? '' : writeInstant(now)
}
