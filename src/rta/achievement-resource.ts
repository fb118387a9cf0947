import { readUnsigned64 } from '../base/integers.ts'
import { ACHIEVEMENTS_HOSTS } from '../http/hosts.ts'
import type { Services } from '../http/services.ts'
import type { ProgressChange } from '../model/change.ts'
import { findReadable, isReadable, sandboxOf } from '../rules/access.ts'
import { writeAchievementEvent } from './achievement-event.ts'
import { RTA_CODES, type RefusalCode } from './codes.ts'
import type { ResourceKind, Topic } from './resource.ts'

/** `me` is a user in the live dialect alone, as in the path of a request. */
const PATH_PATTERNS = {
  documented: /^\/users\/xuid\(([^/]*)\)\/achievements\/([^/]+)$/i,
  live: /^\/users\/(?:xuid\(([^/]*)\)|me)\/achievements\/([^/]+)$/i
}

/** The sandbox, user and service configuration of which a subscription or a change is. */
const topicKeyOf = ({ sandbox, xuid, serviceConfigId }: Pick<ProgressChange, 'sandbox' | 'xuid' | 'serviceConfigId'>): string =>
  `achievements ${xuid} ${serviceConfigId} ${sandbox}`

/**
 * The achievements of a user in a service configuration, `/users/xuid({xuid})/achievements/{scid}`. Who may subscribe
 * is decided as for a single achievement: by the user's privacy setting, or with the strict rule for the user alone;
 * and by the service configurations that the caller's title may read.
 */
export function achievementResource ({ config: { dialect, crossUser }, store }: Services): ResourceKind {
  const texts = new WeakMap<ProgressChange, readonly string[]>()
  const write = (change: ProgressChange): readonly string[] => {
    const { serviceConfigId: scid, sandbox } = change
    // Titles of the Xbox 360 are told of under contract version 1 alone, which this form is not of.
    const text = writeAchievementEvent(change, (id) => store.achievements.findDefinition({ scid, id, sandbox, generation: 'modern' }))
    return text === undefined ? [] : [text]
  }

  return {
    host: ACHIEVEMENTS_HOSTS[0] as string,
    pattern: PATH_PATTERNS[dialect],
    keysOf: (change) => [topicKeyOf(change)],

    open ({ caller }, [, segment, scid = '']): RefusalCode | Topic {
      const xuid = segment === undefined ? caller.xuid : readUnsigned64(segment)
      if (xuid === undefined) return RTA_CODES.unknown
      if (xuid === null) return RTA_CODES.noData
      // As in a path: the live service compares the letter case.
      const serviceConfigId = dialect === 'live' ? scid : scid.toLowerCase()
      const sandbox = sandboxOf(caller)
      const maySee = (): boolean => findReadable({ claims: caller, xuid, rule: crossUser, resource: 'events' }, store.people) !== undefined
      const isServed = (): boolean => {
        const configuration = store.catalogue.findServiceConfiguration({ scid: serviceConfigId, sandbox })
        return configuration !== undefined && isReadable(caller, configuration) && configuration.status === 'active'
      }
      // The user is decided first, as in a request.
      if (!maySee()) return RTA_CODES.noData
      if (!isServed()) return RTA_CODES.unknown
      return {
        key: topicKeyOf({ sandbox, xuid, serviceConfigId }),
        xuid,
        mayReceive: () => maySee() && isServed(),
        dataOf (change) {
          const known = texts.get(change) ?? write(change)
          texts.set(change, known)
          return known
        }
      }
    }
  }
}
