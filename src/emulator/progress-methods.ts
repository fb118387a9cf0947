import { Type } from '@sinclair/typebox'
import { MAX_SIGNED_32 } from '../base/integers.ts'
import { readUser, requireNamedUser } from '../control/named-user.ts'
import { toChanges } from '../control/progress-routes.ts'
import { ProgressChangesBody } from '../control/progress-schemas.ts'
import { readUserAchievements, requireUserTitle, type UserAchievementBody } from '../control/user-progress.ts'
import { requireValid } from '../http/body.ts'
import { ACHIEVEMENT_ORDERS, EVERY } from '../model/list.ts'
import type { StoredPlay } from '../model/stored-progress.ts'
import { DEFAULT_SANDBOX } from '../model/title.ts'
import { ACHIEVEMENT_STATES, type AchievementStateFilter, type UserTitle, type UserTitleDetails, type UserUnlock } from '../model/user-titles.ts'
import type { ProgressBefore, ProgressEntry } from '../operations/progress-changing.ts'
import { choice, unsigned32 } from '../world/schema-parts.ts'
import { sandboxString } from '../world/schema-strings.ts'
import { copyOfData, requireName, requireObject, type MethodContext } from './context.ts'
import { filterOf, optionalText } from './user-methods.ts'

/** Which achievements of a title are listed; by default all, as defined, in RETAIL, in the default locale. */
export interface AchievementsFilter {
  readonly sandbox?: string
  /** Language ranges as `Accept-Language` has them. */
  readonly locale?: string
  readonly state?: AchievementStateFilter
  readonly orderBy?: typeof ACHIEVEMENT_ORDERS[number]
  /** What is part of a name or a description in any locale, or is the id. */
  readonly search?: string
  /** Whether each comes with its rarity, which is counted among all users; by default null. */
  readonly rarity?: boolean
}

/** What becomes of an achievement; what is left out stays as it is. */
export type ProgressChangeInput = Pick<ProgressEntry, 'serviceConfigId' | 'id'> & Partial<Omit<ProgressEntry, 'serviceConfigId' | 'id'>>

/** Methods that take a user take a XUID or a gamertag, in any letter case. Without a sandbox it is RETAIL. */
export interface ProgressMethods {
  /** The titles of the world with what a user has done in them; the one last played or unlocked in first. */
  readonly userTitles: (user: string, filter?: { readonly sandbox?: string, readonly search?: string }) => UserTitle[]
  readonly userTitle: (user: string, titleId: number, filter?: { readonly sandbox?: string }) => UserTitleDetails
  /** The achievements of a title with what a user has done, as the service filters and orders them. */
  readonly userAchievements: (user: string, titleId: number, filter?: AchievementsFilter) => UserAchievementBody[]
  /** What a user has unlocked, the newest first; optionally in one title. */
  readonly unlocks: (user: string, filter?: { readonly sandbox?: string, readonly titleId?: number }) => UserUnlock[]
  /** Changes the progress on several achievements at once. What it returns restores what was there, given to it again. */
  readonly changeProgress: (user: string, changes: { readonly achievements?: readonly ProgressChangeInput[], readonly titles?: readonly StoredPlay[] }) => ProgressBefore
}

/** What every filter has, besides. */
const sandboxMember = { sandbox: Type.Optional(sandboxString) }

const TitlesFilter = filterOf({ ...sandboxMember, search: optionalText('a text') })
const TitleFilter = filterOf(sandboxMember)
const UnlocksFilter = filterOf({ ...sandboxMember, titleId: Type.Optional(unsigned32) })
const AchievementsFilterSchema = filterOf({ ...sandboxMember, locale: optionalText('language ranges, e.g. "de-DE"'), state: Type.Optional(choice(ACHIEVEMENT_STATES)), orderBy: Type.Optional(choice(ACHIEVEMENT_ORDERS)), search: optionalText('a text'), rarity: Type.Optional(Type.Boolean({ errorMessage: 'true or false' })) })

export function progressMethods ({ served: { services }, change }: MethodContext): ProgressMethods {
  const { store, clock } = services
  const requireUser = (user: string) => requireNamedUser(store, requireName(user))
  return {
    userTitles: (user, filter) => {
      const { sandbox = DEFAULT_SANDBOX, search = '' } = requireValid(TitlesFilter, filter, 'The filter') as { sandbox?: string, search?: string }
      return store.userTitles.list({ person: requireUser(user).row, sandbox, search: search || null, after: null, limit: EVERY })
    },
    userTitle: (user, titleId, filter) => {
      const { sandbox = DEFAULT_SANDBOX } = requireValid(TitleFilter, filter, 'The filter') as { sandbox?: string }
      return requireUserTitle(store, { user: requireUser(user), titleId, sandbox })
    },
    userAchievements: (user, titleId, filter) => {
      const { sandbox = DEFAULT_SANDBOX, locale = '', state = 'all', orderBy = 'Unordered', search = '', rarity = false } = requireValid(AchievementsFilterSchema, filter, 'The filter') as AchievementsFilter
      return readUserAchievements(services, { user: requireUser(user), titleId, sandbox, locale, state, order: orderBy, search: search || null, hasRarity: rarity, after: null, limit: MAX_SIGNED_32 - 1 }, clock.now()).achievements
    },
    unlocks: (user, filter) => {
      const { sandbox = DEFAULT_SANDBOX, titleId = null } = requireValid(UnlocksFilter, filter, 'The filter') as { sandbox?: string, titleId?: number | null }
      return store.listUserUnlocks({ person: requireUser(user).row, sandbox, titleId, after: null, limit: EVERY }).map(({ unlock }) => unlock)
    },
    changeProgress: (user, changes) => change('progress.change', () => ({
      xuid: readUser(store, requireName(user)),
      ...toChanges(requireValid(ProgressChangesBody, copyOfData(requireObject(changes, 'The changes'), 'The changes'), 'The changes')),
      now: clock.now()
    }))
  }
}
