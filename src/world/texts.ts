import type { AchievementText, LocalizedText } from '../model/achievement.ts'
import type { WorldAchievement } from './schema.ts'

/** The locales of a text, the default locale first. A plain string is in its title's default locale. */
export function localesOf (text: LocalizedText, defaultLocale: string): string[] {
  if (typeof text === 'string') return [defaultLocale]
  const isDefault = (locale: string): boolean => locale.toLowerCase() === defaultLocale.toLowerCase()
  return Object.keys(text).sort((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
}

/** A text in a locale that it has; a plain string is the same in every locale. */
export function textIn (text: LocalizedText, locale: string): string {
  return typeof text === 'string' ? text : text[locale] as string
}

/**
 * The texts of an achievement, by locale, the title's default first. The description is empty unless the
 * world has one, and the locked description is the description unless the world has another.
 */
export function readTexts ({ name, description, lockedDescription }: WorldAchievement, defaultLocale: string): Map<string, AchievementText> {
  return new Map(localesOf(name, defaultLocale).map((locale) => {
    const unlocked = description === null ? '' : textIn(description, locale)
    const locked = lockedDescription === null ? unlocked : textIn(lockedDescription, locale)
    return [locale, { name: textIn(name, locale), description: unlocked, lockedDescription: locked }]
  }))
}
