import type { Services } from '../../http/services.ts'
import type { AchievementChange, ProgressChange } from '../../model/change.ts'
import { RTA_TRANSPORT, type NotificationEndpoint, type NotificationFilter } from '../../model/notification-endpoint.ts'
import { findReadable, sandboxOf } from '../../rules/access.ts'
import { RTA_CODES, type RefusalCode } from '../codes.ts'
import { NOTIFY_HOST, NOTIFY_PATH, readNotifiedTitle } from './notified-title.ts'
import type { ResourceKind, Topic } from '../resource.ts'
import { writeUnlockEvent } from './unlock-event.ts'

/** The number of the achievements among the services that notify, and that of an unlock among what they tell. [xsapi] */
const ACHIEVEMENTS_SOURCE = 8
const UNLOCK_TYPE = 1

/** The user and sandbox of which a subscription or a change is. The titles of a change are looked up later: that may fail. */
const notificationKeyOf = ({ xuid, sandbox }: Pick<ProgressChange, 'xuid' | 'sandbox'>): string => `notifications ${xuid} ${sandbox}`

/** When an achievement was unlocked by a change; null when it was not. */
const unlockTimeOf = ({ before, after }: AchievementChange): string | null => before.timeUnlocked === null ? after.timeUnlocked : null

/** True when an endpoint is to be told of unlocks: a filter includes them, and none excludes them. */
const wantsUnlocks = ({ filters }: Pick<NotificationEndpoint, 'filters'>): boolean => {
  const has = (wanted: NotificationFilter['action']): boolean =>
    filters.some(({ action, source, type }) => action === wanted && source === ACHIEVEMENTS_SOURCE && type === UNLOCK_TYPE)
  return has('Include') && !has('Exclude')
}

/**
 * What is to be told to the user of the connection in a title, `/users/xuid({xuid})/deviceId/current/titleId/{titleId}`:
 * an event for each achievement that the user unlocks, while an endpoint wants it. Of several endpoints the newest one
 * decides the language: which of them is the device of the connection nobody says. (docs/decisions/0055-unlock-notifications.md)
 */
export function notifyResource ({ config: { crossUser }, store }: Services): ResourceKind {
  const { achievements, catalogue, notificationEndpoints, people } = store

  /** What was written for a change, by the endpoint: several connections may have one resource. */
  const written = new WeakMap<ProgressChange, Map<string, readonly string[]>>()

  function eventsOf (change: ProgressChange, endpoint: NotificationEndpoint): readonly string[] {
    const byEndpoint = written.get(change) ?? new Map<string, readonly string[]>()
    const events = byEndpoint.get(endpoint.endpointId) ?? writeEvents(change, endpoint)
    written.set(change, byEndpoint.set(endpoint.endpointId, events))
    return events
  }

  function writeEvents ({ achievements: changed, sandbox, serviceConfigId: scid }: ProgressChange, endpoint: NotificationEndpoint): string[] {
    return changed.flatMap((achievement) => {
      const timeUnlocked = unlockTimeOf(achievement)
      if (timeUnlocked === null) return []
      const definition = achievements.findDefinition({ scid, id: achievement.id, sandbox, generation: 'modern' })
      return definition === undefined ? [] : [writeUnlockEvent({ definition, sandbox, timeUnlocked, endpoint }, store)]
    })
  }

  return {
    host: NOTIFY_HOST,
    pattern: NOTIFY_PATH,
    keysOf: (change) => change.achievements.some((achievement) => unlockTimeOf(achievement) !== null) ? [notificationKeyOf(change)] : [],

    open ({ caller }, match): RefusalCode | Topic {
      const asked = readNotifiedTitle(match)
      if (asked === undefined) return RTA_CODES.unknown
      const { xuid, titleId } = asked
      // One's own alone, whether or not the other one exists; and of a web site that acts for the user, what the user lets it see.
      const maySee = (): boolean => caller.xuid === xuid && findReadable({ claims: caller, xuid, rule: crossUser, resource: 'events' }, people) !== undefined
      if (!maySee()) return RTA_CODES.noData
      const isForeign = caller.titleId !== null && caller.titleId !== titleId && !caller.anyTitle
      const sandbox = sandboxOf(caller)
      const isServed = (): boolean => catalogue.findPublished({ titleId, sandbox }) !== undefined
      if (isForeign || !isServed()) return RTA_CODES.unknown
      return {
        key: notificationKeyOf({ xuid, sandbox }),
        xuid,
        mayReceive: () => maySee() && isServed(),
        dataOf (change) {
          if (!catalogue.findTitleIds(change.serviceConfigId).includes(titleId)) return []
          const endpoint = notificationEndpoints.listOf({ xuid, titleId, transport: RTA_TRANSPORT }).find(wantsUnlocks)
          return endpoint === undefined ? [] : eventsOf(change, endpoint)
        }
      }
    }
  }
}
