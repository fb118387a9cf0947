import type { LocalizedText } from '../../model/achievement.ts'
import type { WorldAchievement } from '../../world/schema.ts'

/** The locales of a text, the default one first. */
const localesOfText = (text: LocalizedText | null, defaultLocale: string): string[] =>
  text === null || typeof text === 'string' ? [defaultLocale] : Object.keys(text).sort((a, b) => Number(isSameLocale(b, defaultLocale)) - Number(isSameLocale(a, defaultLocale)))

const isSameLocale = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const textOfLocale = (text: LocalizedText | null, locale: string): string => text === null ? '' : typeof text === 'string' ? text : text[locale] ?? ''

/** A text in the default locale of its title. */
export const firstText = (text: LocalizedText, defaultLocale: string): string => textOfLocale(text, localesOfText(text, defaultLocale)[0] as string)

/** The texts of an achievement, a row a locale. */
export function textsByLocale ({ name, description, lockedDescription }: Pick<WorldAchievement, 'name' | 'description' | 'lockedDescription'>, defaultLocale: string): Array<{ locale: string, name: string, description: string, lockedDescription: string }> {
  return localesOfText(name, defaultLocale).map((locale) => ({ locale, name: textOfLocale(name, locale), description: textOfLocale(description, locale), lockedDescription: textOfLocale(lockedDescription, locale) }))
}

/** What a row says of an achievement besides its name. */
export function definitionFacts ({ rewards, achievementType, isSecret, timeWindow, requirements }: Pick<WorldAchievement, 'rewards' | 'achievementType' | 'isSecret' | 'timeWindow' | 'requirements'>): { gamerscore: number, kind: string } {
  return {
    gamerscore: rewards.reduce((sum, { type, value }) => type === 'Gamerscore' ? sum + Number(value) : sum, 0),
    kind: [...achievementType === 'Challenge' ? ['challenge'] : [], ...isSecret ? ['secret'] : [], ...timeWindow === null ? [] : ['timed'], ...requirements.length === 0 ? [] : [`${requirements.length} ${requirements.length === 1 ? 'requirement' : 'requirements'}`]].join(', ')
  }
}

/** The achievements whose id or name, in any locale, has a text in it. */
export function filterDefinitions<T extends Pick<WorldAchievement, 'id' | 'name'>> (achievements: readonly T[], search: string): readonly T[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return achievements
  return achievements.filter(({ id, name }) => String(id) === wanted || (typeof name === 'string' ? [name] : Object.values(name)).some((text) => text.toLowerCase().includes(wanted)))
}
