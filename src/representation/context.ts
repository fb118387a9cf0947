import type { AchievementText, LocalizedText, TitleAssociation } from '../domain.ts'
import { textIn } from '../world/texts.ts'

/** What an achievement is shown with. */
export interface Context {
  /** The locale of its texts. */
  readonly locale: string
  readonly text: AchievementText
  readonly titleAssociations: readonly TitleAssociation[]
}

/** A text of a reward in the locale of its achievement. */
export function localize (text: LocalizedText | null, locale: string): string | null {
  return text === null ? null : textIn(text, locale)
}
