import { hasOwnRequirements, PERCENTAGE_ID, systemOf } from '../model/achievement-system.ts'
import { readInstant } from '../base/instant.ts'
import { show } from '../base/validation.ts'
import type { Entry, Known } from './check-world.ts'
import { within, type Place } from './problems.ts'
import type { WorldAchievement, WorldTitle } from './schema.ts'
import { localesOf } from './texts.ts'
import type { LocalizedText } from '../model/achievement.ts'

/** Checks titles and their achievements; returns them in canonical form. */
export function checkTitles (titles: ReadonlyArray<Entry<WorldTitle>>, known: Known): WorldTitle[] {
  return titles.map(({ value, place }) => {
    const title = { ...value, serviceConfigId: value.serviceConfigId.toLowerCase() }
    known.unique.note(`title ${title.titleId}`, within(place, 'titleId'), () => `title ${title.titleId}`)
    checkLocation({ value: title, place }, known)
    checkLocale({ value: title.defaultLocale, place: within(place, 'defaultLocale') }, known)
    checkSharing({ value: title, place }, known)
    checkSystem({ value: title, place }, known)
    title.achievements.forEach((achievement, index) => {
      checkAchievement({ value: achievement, place: within(place, 'achievements', index) }, title, known)
    })
    return title
  })
}

function checkLocation ({ value: { status, location }, place }: Entry<WorldTitle>, { report }: Known): void {
  const needsLocation = status === 'moved' || status === 'redirected'
  if (needsLocation && location === null) {
    report.add(within(place, 'location'), `missing, expected a URI because the status is "${status}"`)
  } else if (!needsLocation && location !== null) {
    report.add(within(place, 'location'), `found ${show(location)}, expected none because the status is "${status}"`)
  }
}

/** A locale of the right form may still be none, e.g. `en-12`. */
function checkLocale ({ value, place }: Entry<string>, { report }: Known): void {
  try {
    Intl.getCanonicalLocales(value)
  } catch {
    report.add(place, `found ${show(value)}, expected a locale of BCP 47, e.g. "fr-FR"`)
  }
}

/** Titles that share a service configuration have to agree on what belongs to it. */
function checkSharing (title: Entry<WorldTitle>, { report, titles }: Known): void {
  const owner = titles.get(title.value.serviceConfigId)
  if (owner === undefined) {
    titles.set(title.value.serviceConfigId, title)
    return
  }
  for (const member of ['public', 'status', 'location'] as const) {
    if (title.value[member] !== owner.value[member]) {
      report.add(within(title.place, member), `found ${show(title.value[member])}, expected ${show(owner.value[member])} as at ${owner.place.file}: ${owner.place.path}, which has the same serviceConfigId`)
    }
  }
}

/** The system goes by the title that defines an achievement; titles that share a service configuration need not agree on it. */
function checkSystem ({ value: title, place }: Entry<WorldTitle>, { report, managed }: Known): void {
  const { generation, achievementSystem: told, refusesUpdates, achievements, serviceConfigId } = title
  const system = told ?? systemOf(title)
  if (generation === 'xbox360' && told !== null) {
    report.add(within(place, 'achievementSystem'), `found ${show(told)}, expected none because the generation is "xbox360"`)
  }
  if (refusesUpdates && generation === 'xbox360') {
    report.add(within(place, 'refusesUpdates'), 'found true, expected false because the generation is "xbox360"')
  } else if (refusesUpdates && system !== 'eventBased') {
    report.add(within(place, 'refusesUpdates'), 'found true, expected false because the title\'s achievements are not event-based; say "achievementSystem":"eventBased" if they are')
  }
  if (system !== 'titleManaged') return
  const because = 'because the title is titleManaged; say "achievementSystem":"eventBased"'
  achievements.forEach(({ id, achievementType, requirements }, index) => {
    managed.add(`${serviceConfigId}/${id}`)
    if (achievementType === 'Challenge') report.add(within(place, 'achievements', index, 'achievementType'), `found "Challenge", expected "Persistent" ${because}`)
    if (hasOwnRequirements(requirements)) report.add(within(place, 'achievements', index, 'requirements'), `found ${show(requirements)}, expected none ${because}`)
  })
}

function checkAchievement (achievement: Entry<WorldAchievement>, { serviceConfigId, defaultLocale }: WorldTitle, known: Known): void {
  const { value: { id, requirements }, place } = achievement
  const key = `${serviceConfigId}/${id}`
  known.unique.note(`achievement ${key}`, within(place, 'id'), () => `achievement ${id} of service configuration ${serviceConfigId}`)
  requirements.forEach((requirement, index) => {
    known.unique.note(`requirement ${key}/${requirement.id}`, within(place, 'requirements', index, 'id'), () => `requirement ${show(requirement.id)}`)
  })
  known.requirements.set(key, new Set(known.managed.has(key) ? [PERCENTAGE_ID] : requirements.map((requirement) => requirement.id)))
  for (const locale of localesOf(achievement.value.name, defaultLocale)) {
    if (locale !== defaultLocale) checkLocale({ value: locale, place: within(place, 'name', locale) }, known)
  }
  checkIgdb(achievement, known)
  checkTexts(achievement, defaultLocale, known)
  checkTimeWindow(achievement, known)
  checkRewards(achievement, known)
}

function checkIgdb ({ value: { igdb }, place }: Entry<WorldAchievement>, { unique }: Known): void {
  if (igdb !== null && igdb.id !== null) unique.note(`igdb ${igdb.id}`, within(place, 'igdb', 'id'), () => `IGDB id ${igdb.id}`)
}

/** Every text of an achievement exists in the same locales, the title's default among them. */
function checkTexts ({ value, place }: Entry<WorldAchievement>, defaultLocale: string, { report }: Known): void {
  const locales = localesOf(value.name, defaultLocale)
  if (locales[0]?.toLowerCase() !== defaultLocale.toLowerCase()) {
    report.add(within(place, 'name'), `found ${show(locales)}, expected the title's default locale ${defaultLocale} among them`)
  }
  const folded = new Set(locales.map((locale) => locale.toLowerCase()))
  if (folded.size < locales.length) {
    report.add(within(place, 'name'), `found ${show(locales)}, expected each locale once, whatever its letter case`)
  }
  const compare = (text: LocalizedText | null, at: Place): void => {
    if (text === null) return
    const found = localesOf(text, defaultLocale)
    if (found.toSorted().join() !== locales.toSorted().join()) {
      report.add(at, `found the locales ${show(found)}, expected ${show(locales)} as in the name`)
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

function checkTimeWindow ({ value: { timeWindow }, place }: Entry<WorldAchievement>, known: Known): void {
  if (timeWindow === null) return
  const start = findInstant({ value: timeWindow.startDate, place: within(place, 'timeWindow', 'startDate') }, known)
  const end = findInstant({ value: timeWindow.endDate, place: within(place, 'timeWindow', 'endDate') }, known)
  if (start !== undefined && end !== undefined && end <= start) {
    known.report.add(within(place, 'timeWindow', 'endDate'), `found ${show(timeWindow.endDate)}, expected an instant after the start ${show(timeWindow.startDate)}`)
  }
}

function checkRewards ({ value: { rewards }, place }: Entry<WorldAchievement>, { report }: Known): void {
  rewards.forEach(({ type, value }, index) => {
    if (type === 'Gamerscore' && !/^\d{1,9}$/.test(value)) {
      report.add(within(place, 'rewards', index, 'value'), `found ${show(value)}, expected a whole number in quotes, e.g. "10"`)
    }
  })
}

function findInstant ({ value, place }: Entry<string>, { report }: Known): string | undefined {
  const instant = readInstant(value)
  if (instant === undefined) report.add(place, `found ${show(value)}, expected a date that exists`)
  return instant
}

/** The canonical form of an instant; one that does not exist is reported and returned as it is. */
export const checkInstant = (entry: Entry<string>, known: Known): string => findInstant(entry, known) ?? entry.value
