import { setTimeout } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { UserError } from '../base/user-error.ts'
import { adjustClock, describeClock, type ClockState } from '../control/clock-routes.ts'
import { switchedOn, XBOX_DOMAIN } from '../http/hosts.ts'
import { urlOf } from '../server/address.ts'
import type { EmulatorApp } from '../server/app.ts'
import { closeGracefully } from '../server/close.ts'
import { intercept } from '../server/intercept/intercept.ts'
import { SecurePort } from '../server/intercept/secure-port.ts'
import type { SecureService } from '../server/tls/serve-tls.ts'
import { changeMethods, type ChangeMethods } from './change-methods.ts'
import { createContext } from './context.ts'
import { deviceCodeMethods, type DeviceCodeMethods } from './device-code-methods.ts'
import { faultMethods, type FaultMethods } from './fault-methods.ts'
import { importMethods, type ImportMethods } from './import-methods.ts'
import { journalMethods, type JournalMethods } from './journal-methods.ts'
import { rateLimitMethods, type RateLimitMethods } from './rate-limit-methods.ts'
import { realTimeMethods, type RealTimeMethods } from './real-time-methods.ts'
import { sessionMethods, type SessionMethods } from './session-methods.ts'
import { progressMethods, type ProgressMethods } from './progress-methods.ts'
import { userMethods, type UserMethods } from './user-methods.ts'
import { worldMethods, type WorldMethods } from './world-methods.ts'

/** How long clients that are intercepted may take to answer the close frame of a WebSocket, in ms. */
const CLOSE_TIME = 1000

declare global {
  interface SymbolConstructor {
    /** Declared here, too, for programs whose `lib` does not have it: TypeScript's own is `esnext.disposable`. */
    readonly asyncDispose: unique symbol
  }
}

/**
 * An emulator that runs in this process. Every method that changes the world blocks the process while another
 * process writes to the same database file: for five seconds at most, then it throws.
 */
export interface Emulator extends WorldMethods, ImportMethods, UserMethods, ProgressMethods, SessionMethods, DeviceCodeMethods, FaultMethods, RateLimitMethods, JournalMethods, ChangeMethods {
  /** Where it listens, e.g. `http://127.0.0.1:49152`. */
  readonly url: string
  /** Where it listens for HTTPS, with the option `tls`; else null. */
  readonly httpsUrl: string | null
  /** The file of the certificate that a client of `httpsUrl` has to trust; null without `tls`. */
  readonly ca: string | null
  readonly clock: {
    /** The time, as an instant with seven fraction digits. */
    readonly now: () => string
    /** The time, whether the clock stands still, and how far it runs ahead. */
    readonly state: () => ClockState
    /** Stops at an instant in UTC. */
    readonly freeze: (instant: string) => void
    /** Runs ahead by an ISO 8601 duration, e.g. `P1D`, or behind, `-PT1H`. */
    readonly shift: (duration: string) => void
    /** Runs as the machine's clock again. */
    readonly reset: () => void
  }
  /** The WebSocket connections of Real-Time Activity, and what goes wrong with them. */
  readonly rta: RealTimeMethods
  /**
   * Sends this process's own requests for the hosts of Xbox Live to this emulator, whatever their client and
   * its proxy; those for hosts of xboxlive.com that it does not answer for, or that are left out, fail with
   * `ECONNREFUSED`. Login hosts that are left out are not touched: people sign in to other things there. The
   * function that it returns undoes it, and so does `close`. When several emulators do so, the last one gets
   * the requests.
   */
  readonly intercept: () => () => void
  /** Waits some seconds for the requests in flight, and closes the database. */
  readonly close: () => Promise<void>
  /** The same, at the end of a block: `await using emulator = await startEmulator()`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** What listens for HTTPS, and where. */
export interface ListeningSecurely {
  readonly secure: SecureService
  readonly url: string
}

/** The methods of an emulator that is listening. */
export function toEmulator (served: EmulatorApp, { database, https }: { database: Database, https: ListeningSecurely | undefined }): Emulator {
  const { app, services: { clock, config } } = served
  const context = createContext(served)
  const url = urlOf(app)
  const restores: Array<() => void> = []
  const hosts = switchedOn(config)
  const securePort = new SecurePort(served, { hosts, url: new URL(url) })
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= end().finally(() => { database.close() })
    return closed
  }
  const end = async (): Promise<void> => {
    // An interception cuts the connections that it has led here: the clients of WebSockets are told before.
    if (restores.length > 0 && served.realTime.sockets.list().length > 0) await Promise.race([served.realTime.stop(), setTimeout(CLOSE_TIME, undefined, { ref: false })])
    for (const restore of restores) restore()
    await Promise.all([securePort.close(), closeGracefully(served, { secure: https?.secure })])
  }
  return {
    url,
    httpsUrl: https?.url ?? null,
    ca: https?.secure.trust ?? null,
    ...worldMethods(context),
    ...importMethods(context),
    ...userMethods(context),
    ...progressMethods(context),
    ...sessionMethods(context),
    ...deviceCodeMethods(context),
    ...faultMethods(context),
    ...rateLimitMethods(context),
    clock: {
      now: () => describeClock(clock).now,
      state: () => describeClock(clock),
      freeze: (now) => { adjustClock(clock, { now }) },
      shift: (offset) => { adjustClock(clock, { offset }) },
      reset: () => { clock.shift(0) }
    },
    ...journalMethods(context),
    ...changeMethods(context),
    ...realTimeMethods(context),
    intercept: () => {
      if (closed !== undefined) throw new UserError('The emulator was closed, and intercepts nothing any more.')
      const restore = intercept({ served: hosts, refusedDomain: XBOX_DOMAIN }, { url: new URL(url), securePort: () => securePort.number() })
      restores.push(restore)
      return restore
    },
    close,
    [Symbol.asyncDispose]: close
  }
}
