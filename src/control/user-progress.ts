import type { Static } from '@sinclair/typebox'
import { createLocaleChooser } from '../http/language.ts'
import type { Services } from '../http/services.ts'
import type { AchievementOrder, ListPosition } from '../model/list.ts'
import { notFound } from '../model/refusals.ts'
import type { StoredUser } from '../model/user.ts'
import type { AchievementStateFilter, UserTitleDetails } from '../model/user-titles.ts'
import { progressStateOf } from '../rules/progress-state.ts'
import { toRarity } from '../rules/rarity.ts'
import type { ListItem } from '../store/lists/achievement-list.ts'
import { textIn } from '../world/texts.ts'
import type { UserAchievementList } from './progress-schemas.ts'

export type UserAchievementBody = Static<typeof UserAchievementList>['achievements'][number]

/** The URL of a picture that stands for an achievement. */
const ICON = 'Icon'

/** Whose achievements of a title are read, in which sandbox and language, and which of them. */
export interface UserAchievementsQuery {
  readonly user: StoredUser
  readonly titleId: number
  readonly sandbox: string
  /** Language ranges as `Accept-Language` has them, e.g. `de-DE`; empty: the default locale. */
  readonly locale: string
  readonly state: AchievementStateFilter
  /** As the service's list has it. */
  readonly order: Exclude<AchievementOrder, 'Id' | 'Earned'>
  readonly search: string | null
  /** Whether each comes with its rarity, which takes as long as there are users who have unlocked it. */
  readonly hasRarity: boolean
  readonly after: ListPosition | null
  readonly limit: number
}

/** A page of achievements, and the place after it. */
export interface UserAchievementsPage {
  readonly achievements: UserAchievementBody[]
  readonly totalRecords: number
  /** Null: there is no more. */
  readonly last: ListPosition | null
}

/** A title with what a user has done in it. @throws 404 when there is no such title. */
export function requireUserTitle ({ userTitles }: Services['store'], { user, titleId, sandbox }: Pick<UserAchievementsQuery, 'user' | 'titleId' | 'sandbox'>): UserTitleDetails {
  const title = userTitles.find({ person: user.row, sandbox, titleId })
  if (title === undefined) throw notFound(`There is no title ${titleId}.`)
  return title
}

/**
 * Reads a page of the achievements of a title, each with what a user has done: in the order in which the service lists
 * them, and in the locale that the service would choose.
 *
 * @throws 404 when there is no such title.
 */
export function readUserAchievements ({ store, config: { dialect } }: Pick<Services, 'store' | 'config'>, { user, locale, order, hasRarity, ...query }: UserAchievementsQuery, now: number): UserAchievementsPage {
  const chooseLocale = createLocaleChooser(locale, null)
  return store.read(() => {
    const { generation } = requireUserTitle(store, { user, ...query })
    // As for clients: the live service lists what is not ordered by id.
    const found = store.listUserAchievements({ ...query, order: order === 'Unordered' && dialect === 'live' ? 'Id' : order, person: user.row, generation, now })
    return {
      achievements: found.items.map((item) => toBody(store, item, { sandbox: hasRarity ? query.sandbox : null, chooseLocale })),
      totalRecords: found.totalRecords,
      last: found.last
    }
  })
}

function toBody ({ achievements, catalogue }: Services['store'], { row, progress }: ListItem, { sandbox, chooseLocale }: { /** Null: without rarity. */ sandbox: string | null, chooseLocale: (available: readonly string[]) => string }): UserAchievementBody {
  const definition = achievements.readDefinition(row)
  const locale = chooseLocale(definition.locales)
  const { serviceConfigId, id, titleId, isSecret, timeWindow, deeplink, estimatedTime, gamerscore } = definition
  return {
    serviceConfigId,
    id,
    titleId,
    ...catalogue.findText(row, locale),
    locale,
    isSecret,
    achievementType: definition.achievementType as UserAchievementBody['achievementType'],
    timeWindow,
    icon: definition.mediaAssets.find(({ type }) => type === ICON)?.url ?? null,
    deeplink,
    estimatedTime,
    gamerscore,
    rewards: definition.rewards.map(({ name, description, value, type, mediaAsset }) => ({
      name: name && textIn(name, locale), description: description && textIn(description, locale), value, type, picture: mediaAsset?.url ?? null
    })),
    rarity: sandbox === null ? null : toRarity(catalogue.findPopularity(row, sandbox)) as UserAchievementBody['rarity'],
    state: progressStateOf(progress),
    percentComplete: progress.percentComplete,
    timeUnlocked: progress.timeUnlocked,
    isRevoked: progress.isRevoked,
    requirements: definition.requirements.map((requirement) => ({ id: requirement.id, current: progress.current.get(requirement.id) ?? null, target: requirement.target, valueType: requirement.valueType }))
  }
}
