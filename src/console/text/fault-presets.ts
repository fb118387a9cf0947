import type { FaultSpec } from '../../control/faults/schema.ts'
import type { RealTimeFaultSpec } from '../../http/real-time-fault.ts'

/** A fault that one often wants, to begin with. */
export interface Preset<Spec> {
  readonly name: string
  /** What it tries. */
  readonly hint: string
  readonly fault: Partial<Spec>
}

/** What studios try. */
export const FAULT_PRESETS: ReadonlyArray<Preset<FaultSpec>> = [
  { name: '503 once', hint: 'The next update is refused: does the title send it again?', fault: { path: '*/update', status: 503, times: 1 } },
  { name: '429, wait 30 s', hint: 'Throttled: does the title wait as long as it is told?', fault: { status: 429, retryAfter: 30, times: 1 } },
  { name: '401 expired', hint: 'The token is refused: does the title get a new one?', fault: { status: 401, times: 1 } },
  { name: 'Slow, 3 s', hint: 'Every answer comes late: does the game go on meanwhile?', fault: { delay: 3000 } },
  { name: 'Answer lost', hint: 'The next update is written, and the title does not hear of it.', fault: { path: '*/update', effect: 'drop', times: 1 } },
  { name: 'Hang', hint: 'The next request is never answered: does the title give up?', fault: { effect: 'hang', times: 1 } },
  { name: 'Cut body', hint: 'The next answer ends in its middle.', fault: { effect: 'truncate', times: 1 } },
  { name: 'Flaky, 5 %', hint: 'One of twenty requests fails, the same ones each time.', fault: { status: 503, probability: 0.05, seed: 1 } }
]

/** The same for real-time activity. */
export const REAL_TIME_PRESETS: ReadonlyArray<Preset<RealTimeFaultSpec>> = [
  { name: 'Throttled once', hint: 'The next subscription is refused with 1001: clients ask again.', fault: { on: 'subscribe', code: 1001, times: 1 } },
  { name: 'Access denied', hint: 'Subscriptions are refused with 3: clients do not ask again.', fault: { on: 'subscribe', code: 3 } },
  { name: 'Event lost', hint: 'The next event is not sent.', fault: { on: 'event', drop: true, times: 1 } },
  { name: 'Events late, 3 s', hint: 'Every event comes late, in order.', fault: { on: 'event', delay: 3000 } }
]

/** The paths that a fault is often about, and what their requests are called. */
export const FAULT_PATHS: ReadonlyArray<readonly [path: string, words: string]> = [
  ['*/update', 'updates'], ['/users/*/achievements', 'lists of achievements'], ['/users/*/achievements/*/*', 'single achievements'], ['*/history/titles', 'title histories'], ['/connect', 'WebSocket connections']
]
