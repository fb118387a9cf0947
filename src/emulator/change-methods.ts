import { Type } from '@sinclair/typebox'
import { formatValue } from '../base/validation.ts'
import { toChange, type EmulatorChange } from '../control/events/change.ts'
import { readUser } from '../control/named-user.ts'
import { requireValid } from '../http/body.ts'
import { readAchievementId, readServiceConfigId } from '../http/ids.ts'
import { notFound } from '../model/refusals.ts'
import { requirePerson } from '../operations/users.ts'
import type { EmulatorApp } from '../server/app.ts'
import { sandboxString } from '../world/schema-strings.ts'
import type { WorldProgress } from '../world/schema.ts'
import { readChangeFilter, readSubscriptionFilter, type ChangeFilter, type SubscriptionFilter } from './change-filter.ts'
import { requireName, requireObject, type MethodContext } from './context.ts'
import { waitForFeed, type FeedWait } from './feed-wait.ts'
import { requireTimeout, type WaitOptions } from './journal-methods.ts'
import { onlyOne, type NamedUser } from './user-methods.ts'

/** A subscription of a client, with the number of its connection. */
export interface ClientSubscription {
  readonly connection: number
  readonly xuid: string | null
  readonly resource: string
}

/** An achievement that a user is to unlock; of every service configuration, and in every sandbox, unless it says which. */
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
  readonly waitForChange: (filter?: ChangeFilter, options?: WaitOptions) => Promise<EmulatorChange>
  /**
   * Waits until a user has unlocked an achievement, however that comes about. It does not matter whether the unlock or this
   * call comes first: one that is unlocked already counts.
   *
   * @returns the user's progress on it, as a world has it.
   * @throws {WaitError} as `waitForChange` does; 404 when there is no such user or achievement.
   */
  readonly waitForUnlock: (unlock: AwaitedUnlock, options?: WaitOptions) => Promise<WorldProgress>
  /**
   * Waits until a client of real-time activity has subscribed, to be sure that it is told of what comes next. One that has
   * subscribed already counts.
   *
   * @throws {WaitError} as `waitForChange` does.
   */
  readonly waitForSubscription: (filter?: SubscriptionFilter, options?: WaitOptions) => Promise<ClientSubscription>
}

export function changeMethods ({ served }: MethodContext): ChangeMethods {
  const { services: { feed, store } } = served
  return {
    onChange: (listener) => {
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

/** @throws 404 when there is no such user or achievement. */
function prepareUnlock ({ services: { store } }: EmulatorApp, unlock: AwaitedUnlock): Pick<FeedWait<WorldProgress>, 'find' | 'describe'> {
  const { xuid, gamertag, ...achievement } = requireObject(unlock, 'What is waited for')
  const { serviceConfigId, id, sandbox } = requireValid(UnlockSchema, achievement, 'What is waited for')
  const scid = serviceConfigId === undefined ? null : readServiceConfigId(serviceConfigId, 'documented')
  const user = requirePerson(store, readUser(store, requireName(onlyOne(xuid, gamertag)))).xuid
  const isDefined = (scid: string): boolean => store.achievements.findDefinition({ scid, id: readAchievementId(String(id)), sandbox: sandbox ?? null, generation: null }) !== undefined
  if (scid !== null && !isDefined(scid)) {
    throw notFound(`There is no achievement ${id} of service configuration ${scid}${sandbox === undefined ? '' : ` in sandbox ${sandbox}`}.`)
  }
  const progress = (): readonly WorldProgress[] => {
    const person = store.people.find(user)
    if (person === undefined) return []
    return store.world.readUser(person, scid).achievements.filter((one) => one.id === id &&
      (sandbox === undefined || one.sandbox === sandbox || (one.sandbox === null && isDefined(one.serviceConfigId))))
  }
  return {
    find: (change) => change !== undefined && 'xuid' in change && change.xuid !== user ? undefined : progress().find(({ percentComplete }) => percentComplete === 100),
    describe: () => `${user} has not unlocked achievement ${id}${scid === null ? '' : ` of ${scid}`}, and is at ${Math.max(0, ...progress().map(({ percentComplete }) => percentComplete))} percent`
  }
}

function prepareSubscription ({ services: { store, config }, realTime }: EmulatorApp, filter: SubscriptionFilter): Pick<FeedWait<ClientSubscription>, 'find' | 'describe'> {
  if (!config.rta) throw notFound('There is no real-time activity: the option rta leaves it out.')
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
