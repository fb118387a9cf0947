import { Type } from '@sinclair/typebox'
import { JournalSettingsBody } from '../control/body-schemas.ts'
import type { Har } from '../control/har-schema.ts'
import { toEntry, type JournalEntry, type NumberedRequest } from '../control/journal/entry.ts'
import { requireFilter, type JournalFilter } from '../control/journal/filter.ts'
import { requireFrameFilter, type FrameFilter } from '../control/journal/frame-filter.ts'
import type { FrameEntry } from '../control/journal/frame.ts'
import { writeHar } from '../control/journal/har.ts'
import type { Journal } from '../control/journal/journal.ts'
import { changeSettings, describeSettings, type JournalSettings } from '../control/journal/settings.ts'
import { describeNearest, WaitError, waitForEntries } from '../control/journal/wait.ts'
import { requireValid } from '../http/body.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { MethodContext } from './context.ts'

/** How long a program waits. */
export interface WaitTimeout {
  /** In ms of real time, whatever the emulator's clock does; by default 1000. */
  readonly timeout?: number | undefined
}

export interface JournalMethods {
  /** The requests in the journal that match, oldest first. */
  readonly requests: (filter?: JournalFilter) => JournalEntry[]
  /** What was said on WebSockets, as far as it is in the journal and matches, oldest first. */
  readonly frames: (filter?: FrameFilter) => FrameEntry[]
  /** Empties the journal. The count of requests goes on. */
  readonly clearRequests: () => void
  /**
   * Waits until a request that matches is answered, or was before: it does not matter whether the request or this
   * call comes first. `after`, an entry's id, leaves out what was there already.
   *
   * @param options `timeout`: how long in ms of real time, whatever the emulator's clock does; by default 1000.
   * @returns the first entry that matches.
   * @throws {WaitError} when none comes in time, with those that came nearest, or when the emulator is closed.
   */
  readonly waitForRequest: (filter?: JournalFilter, options?: WaitTimeout) => Promise<JournalEntry>
  /** Whether the journal keeps what is answered, and how many requests it keeps at most. */
  readonly journalSettings: () => JournalSettings
  /** Keeps what is answered from now on, or does so no longer: the option `journalAnswers` while the emulator runs. */
  readonly setJournalSettings: (settings: Pick<JournalSettings, 'answers'>) => JournalSettings
  /** The requests that match as a HAR 1.2, which browsers and proxies open. */
  readonly har: (filter?: JournalFilter) => Har
}

/** How long a program waits unless it says otherwise: less than any test runner lets a test take, so that the message of this wait is seen. */
const DEFAULT_TIMEOUT = 1000

const TimeoutOptions = Type.Object({
  timeout: Type.Integer({ default: DEFAULT_TIMEOUT, minimum: 0, maximum: 3_600_000, errorMessage: 'an integer from 0 to 3600000, in ms' })
}, { additionalProperties: false, errorMessage: 'an object' })

/** How long a program waits, in ms. @throws 400 for what are no options. */
export const requireTimeout = (options: WaitTimeout, method: string): number => requireValid(TimeoutOptions, options, `The options of ${method}`).timeout

export function journalMethods ({ served: { services: { config }, journal } }: MethodContext): JournalMethods {
  return {
    requests: (filter = {}) => {
      requireFilter(filter)
      return journal.find(filter)
    },

    frames: (filter = {}) => {
      requireFrameFilter(filter)
      return [...journal.iterateFrames(filter)].filter((frame) => frame !== undefined)
    },

    clearRequests: journal.clear,

    waitForRequest: async (filter = {}, options = {}) => {
      requireFilter(filter)
      if (config.journal === 0) throw invalidRequest('Nothing can be waited for: the journal keeps no request (journal: 0).')
      return await wait(journal, filter, requireTimeout(options, 'waitForRequest'))
    },

    journalSettings: () => describeSettings(journal),

    setJournalSettings: (settings) => {
      changeSettings(journal, requireValid(JournalSettingsBody, settings, 'The settings of the journal'))
      return describeSettings(journal)
    },

    har: (filter = {}) => {
      requireFilter(filter)
      return JSON.parse([...writeHar(journal.iterate(filter, String), journal.frames.of)].join(''))
    }
  }
}

async function wait (journal: Journal, filter: JournalFilter, timeout: number): Promise<JournalEntry> {
  const { stopped } = journal
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeout)])
  try {
    const id = await waitForEntries(journal, filter, { count: 1, signal })
    return toEntry(journal.after(id - 1)[0] as NumberedRequest, JSON.parse)
  } catch {
    const reason = stopped.aborted ? 'The emulator was closed' : `Waited ${timeout} ms`
    throw new WaitError(`${reason}: ${describeNearest(journal, filter)}`)
  }
}
