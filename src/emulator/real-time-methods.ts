import type { Static } from '@sinclair/typebox'
import type { Config } from '../config/config.ts'
import { requireFault } from '../control/faults/table-routes.ts'
import { OF_REAL_TIME, showEndpoint, type ListedNotificationEndpoint } from '../control/real-time-routes.ts'
import { readRealTimeClosing, readRealTimeFilter, RealTimeCloseBody, RealTimeFilterBody } from '../control/real-time-schemas.ts'
import { requireValid } from '../http/body.ts'
import { RealTimeFaultChangeBody, RealTimeFaultSpec, type RealTimeFault, type RealTimeFaultChange } from '../http/real-time-fault.ts'
import type { RealTime, RealTimeConnection } from '../http/real-time.ts'
import { EVERY } from '../model/list.ts'
import { notFound } from '../model/refusals.ts'
import type { MethodContext } from './context.ts'

/** Which connections are meant: one by its id, those of a user by XUID; without both all. */
export type RealTimeSelection = Partial<Static<typeof RealTimeFilterBody>>

/** Which connections are ended, and how: by default with the code 1000. The code null cuts them without a close frame, as a failing network does. */
export type RealTimeEnding = Partial<Static<typeof RealTimeCloseBody>>

/** What goes wrong, and for which subscriptions: on `subscribe` a code, on `event` drop or delay. */
export type RealTimeFaultInput = Pick<RealTimeFaultSpec, 'on'> & Partial<RealTimeFaultSpec>

/** The WebSocket connections of Real-Time Activity. With the option `rta: false` each of these methods throws. */
export interface RealTimeMethods {
  /** The open connections with their subscriptions, in the order in which they were opened. */
  readonly connections: (selection?: RealTimeSelection) => RealTimeConnection[]
  /** Where clients have notifications sent, in the order of registration. */
  readonly endpoints: () => ListedNotificationEndpoint[]
  /** Tells clients that they may have missed something: they fetch anew. @returns how many connections were told. */
  readonly resync: (selection?: RealTimeSelection) => number
  /** Ends connections. @returns how many. */
  readonly close: (ending?: RealTimeEnding) => number
  /** Lets subscriptions be refused, or events be lost or late; the function that it returns ends it. */
  readonly addFault: (spec: RealTimeFaultInput) => () => void
  /** The faults that are set up, in the order in which they are tried, and how often each has happened. */
  readonly faults: () => RealTimeFault[]
  /** Changes a fault, as `changeFault` does with one of requests. @returns the fault as it is then. @throws 404 when there is none with the id. */
  readonly changeFault: (id: number, change: RealTimeFaultChange) => RealTimeFault
  /** Removes a fault. It returns false when there is none with the id. */
  readonly removeFault: (id: number) => boolean
  readonly clearFaults: () => void
}

/** @throws 404 when the emulator has no real-time activity. */
export function requireRealTime ({ rta }: Pick<Config, 'rta'>): void {
  if (!rta) throw notFound('There is no real-time activity: the option rta leaves it out.')
}

export function realTimeMethods ({ served, served: { services: { config, store } } }: MethodContext): { readonly rta: RealTimeMethods } {
  const realTime = (): RealTime => {
    requireRealTime(config)
    return served.realTime
  }
  return {
    rta: {
      connections: (selection = {}) => realTime().list(readRealTimeFilter(requireValid(RealTimeFilterBody, selection, 'The selection'))),
      endpoints: () => {
        realTime()
        return store.notificationEndpoints.list({ after: 0, limit: EVERY }).map(showEndpoint)
      },
      resync: (selection = {}) => realTime().resync(readRealTimeFilter(requireValid(RealTimeFilterBody, selection, 'The selection'))),
      close: (given = {}) => {
        const ending = requireValid(RealTimeCloseBody, given, 'The ending')
        return realTime().close(readRealTimeFilter(ending), readRealTimeClosing(ending))
      },
      addFault: (spec) => {
        const { faults } = realTime()
        const { id } = faults.add(requireValid(RealTimeFaultSpec, spec, 'The fault'))
        return () => { faults.remove(id) }
      },
      faults: () => realTime().faults.list(),
      changeFault: (id, change) => requireFault(realTime().faults.change(id, requireValid(RealTimeFaultChangeBody, change, 'The change')), id, OF_REAL_TIME),
      removeFault: (id) => realTime().faults.remove(id),
      clearFaults: () => realTime().faults.clear()
    }
  }
}
