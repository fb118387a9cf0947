import { Type } from '@sinclair/typebox'
import { formatValue } from '../base/validation.ts'
import { toChange, type EmulatorChange } from '../control/events/change.ts'
import { readUser } from '../control/named-user.ts'
import { requireValid } from '../http/body.ts'
import { readAchievementId, readServiceConfigId } from '../http/ids.ts'
import { EVERY } from '../model/list.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import { requirePerson } from '../operations/users.ts'
import type { EmulatorApp } from '../server/app.ts'
import type { Store } from '../store/store.ts'
import { sandboxString } from '../world/schema-strings.ts'
import type { WorldProgress } from '../world/schema.ts'
import { readChangeFilter, readSubscriptionFilter, type ChangeFilter, type SubscriptionFilter } from './change-filter.ts'
import { requireName, requireObject, type MethodContext } from './context.ts'
import { waitForFeed, type FeedWait } from './feed-wait.ts'
import { requireTimeout, type WaitTimeout } from './journal-methods.ts'
import { requireRealTime } from './real-time-methods.ts'
import { onlyOne, type NamedUser } from './user-methods.ts'

/** A subscription of a client, with the number of its connection. */
export interface ClientSubscription {
  readonly connection: number
  readonly xuid: string | null
  readonly resource: string
}

/** An achievement that a user is to unlock: of the only service configuration that has one with this id, and in every sandbox, unless it says which. */
export type AwaitedUnlock = NamedUser & { readonly serviceConfigId?: string | undefined, readonly id: number, readonly sandbox?: string | undefined }

export interface ChangeMethods {
  /**
   * Calls a listener with each change from now on, in their order, also with those that other processes make in the same
   * database file; the function that it returns ends it. What the listener throws is an uncaught exception.
   */
  readonly onChange: (listener: (change: EmulatorChange) => void) => () => void
  /**
   * Waits for the first change from now on that matches: call it before what makes the change, and await it after.
   *
   * @param options `timeout`: how long in ms of real time, whatever the emulator's clock does; by default 1000.
   * @throws {WaitError} when none comes in time, with those that came, or when the emulator is closed.
   */
  readonly waitForChange: (filter?: ChangeFilter, options?: WaitTimeout) => Promise<EmulatorChange>
  /**
   * Waits until a user has unlocked an achievement, however that comes about. It does not matter whether the unlock or this
   * call comes first: one that is unlocked already counts.
   *
   * @returns the user's progress on it, as a world has it.
   * @throws {WaitError} as `waitForChange` does; 404 when there is no such user or achievement, 400 when several service configurations have one with the id.
   */
  readonly waitForUnlock: (unlock: AwaitedUnlock, options?: WaitTimeout) => Promise<WorldProgress>
  /**
   * Waits until a client of real-time activity has subscribed, to be sure that it is told of what comes next. One that has
   * subscribed already counts.
   *
   * @throws {WaitError} as `waitForChange` does.
   */
  readonly waitForSubscription: (filter?: SubscriptionFilter, options?: WaitTimeout) => Promise<ClientSubscription>
}

export function changeMethods ({ served }: MethodContext): ChangeMethods {
  const { services: { feed, store } } = served
  return {
    onChange: (listener) => {
      if (typeof listener !== 'function') throw invalidRequest(`What is called with each change is ${formatValue(listener)}; expected a function.`)
      let isListening = true
      const end = feed.listen((entry) => {
        // Not in the turn of what has made the change: its request is none of the listener's.
        queueMicrotask(() => { if (isListening) listener(toChange(entry)) })
      })
      return () => {
        isListening = false
        end()
      }
    },

    waitForChange: async (filter = {}, options = {}) => {
      const timeout = requireTimeout(options, 'waitForChange')
      const matches = readChangeFilter(store, filter)
      return await waitForFeed(served, {
        timeout,
        find: (change) => change !== undefined && matches(change) ? change : undefined,
        describe: () => `no change matches ${formatValue(filter)}`
      })
    },

    waitForUnlock: async (unlock, options = {}) =>
      await waitForFeed(served, { timeout: requireTimeout(options, 'waitForUnlock'), ...prepareUnlock(served, unlock) }),

    waitForSubscription: async (filter = {}, options = {}) =>
      await waitForFeed(served, { timeout: requireTimeout(options, 'waitForSubscription'), ...prepareSubscription(served, filter) })
  }
}

const UnlockSchema = Type.Object({
  serviceConfigId: Type.Optional(Type.String({ errorMessage: 'a GUID' })),
  id: Type.Integer({ errorMessage: 'an achievement id' }),
  sandbox: Type.Optional(sandboxString)
}, { additionalProperties: false, errorMessage: 'an object' })

/** @throws 404 when there is no such user or achievement, 400 when several service configurations have one. */
function prepareUnlock ({ services: { store } }: EmulatorApp, unlock: AwaitedUnlock): Pick<FeedWait<WorldProgress>, 'find' | 'describe'> {
  const { xuid, gamertag, ...achievement } = requireObject(unlock, 'What is waited for')
  const { id, sandbox } = requireValid(UnlockSchema, achievement, 'What is waited for')
  const user = requirePerson(store, readUser(store, requireName(onlyOne(xuid, gamertag)))).xuid
  const key = { id: readAchievementId(String(id)), sandbox: sandbox ?? null, generation: null }
  const isDefined = (scid: string): boolean => store.achievements.findDefinition({ scid, ...key }) !== undefined
  const scid = findConfiguration(store, unlock, isDefined)
  const progress = (): readonly WorldProgress[] => {
    const person = store.people.find(user)
    if (person === undefined) return []
    return store.world.readUser(person, scid).achievements.filter((one) => one.id === id &&
      (sandbox === undefined || one.sandbox === sandbox || (one.sandbox === null && isDefined(one.serviceConfigId))))
  }
  return {
    find: (change) => change !== undefined && 'xuid' in change && change.xuid !== user ? undefined : progress().find(({ percentComplete }) => percentComplete === 100),
    describe: () => `${user} has not unlocked achievement ${id} of ${scid}, and is at ${Math.max(0, ...progress().map(({ percentComplete }) => percentComplete))} percent`
  }
}

/** The service configuration that is named, or the only one that has such an achievement. @throws as {@link prepareUnlock} does. */
function findConfiguration (store: Store, { serviceConfigId, id, sandbox }: AwaitedUnlock, isDefined: (scid: string) => boolean): string {
  const where = sandbox === undefined ? '' : ` in sandbox ${sandbox}`
  if (serviceConfigId !== undefined) {
    const scid = readServiceConfigId(serviceConfigId, 'documented')
    if (isDefined(scid)) return scid
    throw notFound(`There is no achievement ${id} of service configuration ${scid}${where}.`)
  }
  const [only, ...others] = new Set(store.catalogue.listTitles({ after: null, limit: EVERY }).flatMap(({ serviceConfigId: each }) => isDefined(each) ? each : []))
  if (only === undefined) throw notFound(`There is no achievement ${id}${where}.`)
  if (others.length > 0) throw invalidRequest(`${others.length + 1} service configurations have an achievement ${id}${where}; expected serviceConfigId to say which, e.g. "${only}".`)
  return only
}

function prepareSubscription ({ services: { store, config }, realTime }: EmulatorApp, filter: SubscriptionFilter): Pick<FeedWait<ClientSubscription>, 'find' | 'describe'> {
  requireRealTime(config)
  const matches = readSubscriptionFilter(store, filter)
  const present = (): EmulatorChange[] => realTime.list({}).flatMap(({ id, xuid, opened, subscriptions }) =>
    subscriptions.map(({ resource }) => ({ time: opened, kind: 'subscription', what: 'added', connection: id, xuid, resource } as const)))
  return {
    find: (change) => {
      const found = (change === undefined ? present() : [change]).find(matches)
      return found?.kind === 'subscription' ? { connection: found.connection, xuid: found.xuid, resource: found.resource } : undefined
    },
    describe: () => `no subscription matches ${formatValue(filter)}`
  }
}
