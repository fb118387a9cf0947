import type { AchievementText, Reward } from '../../model/achievement.ts'
import { NO_PROGRESS, type Popularity, type Progress } from '../../model/progress.ts'
import type { TitleAssociation } from '../../model/title.ts'
import { textIn } from '../../world/texts.ts'

/** The JSON of an achievement for any user. What all users have in common is serialized once. */
export interface Template {
  /** The JSON for a user who has no progress, without rarity. */
  readonly untouched: string
  /**
   * @param popularity given when the contract version includes rarity.
   * @param sequence the unlock's `sequence` under V1; 0 where it is not part of the answer.
   */
  readonly render: (progress: Progress, popularity: Popularity | undefined, sequence?: number) => string
}

/** Consecutive members of an achievement: the same for every user, or a function of what the user has done. */
export type MemberGroup = object | ((progress: Progress, popularity: Popularity | undefined, sequence: number) => object)

/** What a template is made of besides the definition of the achievement. */
export interface TemplateContext {
  /** The locale of `text`. */
  readonly locale: string
  readonly text: AchievementText
  readonly titleAssociations: readonly TitleAssociation[]
  /** Where the pictures that the emulator draws are served, e.g. `http://127.0.0.1:5280`; empty where the answer has none of them. */
  readonly origin: string
}

/** A template of one JSON object, which has the given members in their order. */
export function createTemplate (...groups: readonly MemberGroup[]): Template {
  const prepared = groups.map((group) => typeof group === 'function' ? group : serializeMembers(group))
  const render: Template['render'] = (progress, popularity, sequence = 0) => {
    const texts = prepared.map((group) => typeof group === 'string' ? group : serializeMembers(group(progress, popularity, sequence)))
    return `{${texts.filter((text) => text !== '').join(',')}}`
  }
  return { untouched: render(NO_PROGRESS, undefined), render }
}

/** The JSON of an object without its braces. */
const serializeMembers = (members: object): string => JSON.stringify(members).slice(1, -1)

/** The texts of a reward in the locale of its achievement. */
export const localizeReward = ({ name, description }: Pick<Reward, 'name' | 'description'>, locale: string) =>
  ({ name: name && textIn(name, locale), description: description && textIn(description, locale) })
