import { formatValue } from '../../base/validation.ts'
import { PERCENTAGE_REQUIREMENT_ID } from '../../model/achievement-system.ts'
import type { LocalizedText } from '../../model/achievement.ts'
import { within, type Place } from '../problems.ts'
import type { WorldAchievement, WorldTitle } from '../schema.ts'
import { localesOf } from '../texts.ts'
import type { CheckContext, Entry } from './context.ts'
import { checkLocale, readExistingInstant } from './values.ts'

export function checkAchievement (achievement: Entry<WorldAchievement>, { serviceConfigId, defaultLocale }: WorldTitle, context: CheckContext): void {
  const { keys, titleManaged } = context
  const { value: { id, name, requirements }, place } = achievement
  const key = `${serviceConfigId}/${id}`
  keys.add(`achievement ${key}`, within(place, 'id'), () => `achievement ${id} of service configuration ${serviceConfigId}`)
  requirements.forEach((requirement, index) => {
    keys.add(`requirement ${key}/${requirement.id}`, within(place, 'requirements', index, 'id'), () => `requirement ${formatValue(requirement.id)}`)
  })
  context.requirements.set(key, new Set(titleManaged.has(key) ? [PERCENTAGE_REQUIREMENT_ID] : requirements.map((requirement) => requirement.id)))
  for (const locale of localesOf(name, defaultLocale)) {
    if (locale !== defaultLocale) checkLocale({ value: locale, place: within(place, 'name', locale) }, context)
  }
  checkIgdbId(achievement, context)
  checkTexts(achievement, defaultLocale, context)
  checkTimeWindow(achievement, context)
  checkGamerscores(achievement, context)
}

function checkIgdbId ({ value: { igdb }, place }: Entry<WorldAchievement>, { keys }: CheckContext): void {
  if (igdb !== null && igdb.id !== null) keys.add(`igdb ${igdb.id}`, within(place, 'igdb', 'id'), () => `IGDB id ${igdb.id}`)
}

/** Every text of an achievement exists in the same locales, the title's default among them. */
function checkTexts ({ value, place }: Entry<WorldAchievement>, defaultLocale: string, { report }: CheckContext): void {
  const locales = localesOf(value.name, defaultLocale)
  if (locales[0]?.toLowerCase() !== defaultLocale.toLowerCase()) {
    report.add(within(place, 'name'), `found ${formatValue(locales)}, expected the title's default locale ${defaultLocale} among them`)
  }
  const lowerCase = new Set(locales.map((locale) => locale.toLowerCase()))
  if (lowerCase.size < locales.length) {
    report.add(within(place, 'name'), `found ${formatValue(locales)}, expected each locale once, whatever its letter case`)
  }
  const compare = (text: LocalizedText | null, textPlace: Place): void => {
    if (text === null) return
    const found = localesOf(text, defaultLocale)
    if (found.toSorted().join() !== locales.toSorted().join()) {
      report.add(textPlace, `found the locales ${formatValue(found)}, expected ${formatValue(locales)} as in the name`)
    }
  }
  compare(value.description, within(place, 'description'))
  compare(value.lockedDescription, within(place, 'lockedDescription'))
  value.rewards.forEach((reward, index) => {
    // A plain string of a reward serves every locale: it is often the name of a thing.
    if (typeof reward.name !== 'string') compare(reward.name, within(place, 'rewards', index, 'name'))
    if (typeof reward.description !== 'string') compare(reward.description, within(place, 'rewards', index, 'description'))
  })
}

function checkTimeWindow ({ value: { timeWindow }, place }: Entry<WorldAchievement>, context: CheckContext): void {
  if (timeWindow === null) return
  const start = readExistingInstant({ value: timeWindow.startDate, place: within(place, 'timeWindow', 'startDate') }, context)
  const end = readExistingInstant({ value: timeWindow.endDate, place: within(place, 'timeWindow', 'endDate') }, context)
  if (start !== undefined && end !== undefined && end <= start) {
    context.report.add(within(place, 'timeWindow', 'endDate'), `found ${formatValue(timeWindow.endDate)}, expected an instant after the start ${formatValue(timeWindow.startDate)}`)
  }
}

function checkGamerscores ({ value: { rewards }, place }: Entry<WorldAchievement>, { report }: CheckContext): void {
  rewards.forEach(({ type, value }, index) => {
    if (type === 'Gamerscore' && !/^\d{1,9}$/.test(value)) {
      report.add(within(place, 'rewards', index, 'value'), `found ${formatValue(value)}, expected a whole number in quotes, e.g. "10"`)
    }
  })
}
