import type { Timers } from '../base/timers.ts'
import { createSessionReader } from '../http/authorization.ts'
import type { RealTime, RealTimeConnection, RealTimeFilter, RecordFrame } from '../http/real-time.ts'
import type { Services } from '../http/services.ts'
import { createHub } from './hub.ts'
import { createNonces, type Nonces } from './socket/nonces.ts'
import type { SocketConnection } from './socket/socket.ts'
import { createSockets, type Sockets } from './socket/sockets.ts'
import { createSubscriptionFaults } from './subscription-faults.ts'

/** Real-time activity, as the rest of the emulator uses it. */
export interface RealTimeService extends RealTime {
  readonly sockets: Sockets
  readonly nonces: Nonces
  /** Closes the connections, and opens no more. @returns what resolves once none is open. */
  readonly stop: () => Promise<void>
}

/** What real-time activity depends on, besides the services. */
interface RealTimeOptions {
  readonly recordFrame: RecordFrame
  /** Takes an error that ends a connection. */
  readonly report: (error: unknown) => void
  readonly timers?: Timers | undefined
}

export function createRealTime (services: Services, { recordFrame, report, timers }: RealTimeOptions): RealTimeService {
  const nonces = createNonces()
  services.onReset(nonces.clear)
  const faults = createSubscriptionFaults((what, id) => { services.feed.publish([{ kind: 'rtaFault', what, id }]) })
  services.onReset(faults.clear)
  const hub = createHub(services, faults)
  const sockets = createSockets({
    services,
    authorize: createSessionReader(services),
    converse: hub.converse,
    recordFrame,
    report,
    timers
  })
  const listOpen = (filter: RealTimeFilter): SocketConnection[] => sockets.list(filter).filter(({ isOpen }) => isOpen)

  function * iterate (filter: RealTimeFilter, after: number): Generator<RealTimeConnection> {
    for (const { id, caller: { xuid, gamertag, titleId, sandbox }, opened, ends, hasProtocol } of listOpen(filter)) {
      if (id > after) yield { id, xuid, gamertag, titleId, sandbox, opened, ends, hasProtocol, subscriptions: hub.list(id) }
    }
  }
  return {
    sockets,
    nonces,
    list: (filter = {}) => [...iterate(filter, 0)],
    iterate,
    count: (filter) => {
      const matching = listOpen(filter)
      return { connections: matching.length, subscriptions: matching.reduce((sum, { id }) => sum + hub.count(id), 0) }
    },
    resync: (filter) => hub.resync(listOpen(filter).map(({ id }) => id)),
    close: sockets.close,
    faults,
    stop: () => {
      const ended = sockets.stop()
      hub.stop()
      return ended
    }
  }
}
