import type { AchievementText, LocalizedText } from '../../model/achievement.ts'
import type { TitleAssociation } from '../../model/title.ts'
import { textIn } from '../../world/texts.ts'

/** What an achievement is shown with. */
export interface Context {
  /** The locale of its texts. */
  readonly locale: string
  readonly text: AchievementText
  readonly titleAssociations: readonly TitleAssociation[]
  /** Where what the emulator serves itself is, e.g. `http://127.0.0.1:5280`; empty where the answer names nothing of it. */
  readonly origin: string
}

/** A text of a reward in the locale of its achievement. */
export function localize (text: LocalizedText | null, locale: string): string | null {
  return text === null ? null : textIn(text, locale)
}
