import { formatValue } from '../../base/validation.ts'
import { hasOtherRequirements, deriveSystem } from '../../model/achievement-system.ts'
import { within } from '../problems.ts'
import type { WorldTitle } from '../schema.ts'
import { checkAchievement } from './achievements.ts'
import type { CheckContext, Entry } from './context.ts'
import { checkTitleHub } from './neighbours.ts'
import { checkLocale } from './values.ts'

/** Checks titles and their achievements; returns them in canonical form. */
export function checkTitles (titles: ReadonlyArray<Entry<WorldTitle>>, context: CheckContext): WorldTitle[] {
  return titles.map(({ value, place }) => {
    const title = { ...value, serviceConfigId: value.serviceConfigId.toLowerCase() }
    context.keys.add(`title ${title.titleId}`, within(place, 'titleId'), () => `title ${title.titleId}`)
    checkLocation({ value: title, place }, context)
    checkLocale({ value: title.defaultLocale, place: within(place, 'defaultLocale') }, context)
    checkSharing({ value: title, place }, context)
    checkSystem({ value: title, place }, context)
    checkTitleHub({ value: title, place }, context)
    title.achievements.forEach((achievement, index) => {
      checkAchievement({ value: achievement, place: within(place, 'achievements', index) }, title, context)
    })
    return title
  })
}

function checkLocation ({ value: { status, location }, place }: Entry<WorldTitle>, { report }: CheckContext): void {
  const needsLocation = status === 'moved' || status === 'redirected'
  if (needsLocation && location === null) {
    report.add(within(place, 'location'), `missing, expected a URI because the status is "${status}"`)
  } else if (!needsLocation && location !== null) {
    report.add(within(place, 'location'), `found ${formatValue(location)}, expected none because the status is "${status}"`)
  }
}

/** Titles that share a service configuration have to agree on the members that belong to it. */
function checkSharing (title: Entry<WorldTitle>, { report, firstTitles }: CheckContext): void {
  const first = firstTitles.get(title.value.serviceConfigId)
  if (first === undefined) {
    firstTitles.set(title.value.serviceConfigId, title)
    return
  }
  for (const member of ['public', 'status', 'location'] as const) {
    if (title.value[member] !== first.value[member]) {
      report.add(within(title.place, member), `found ${formatValue(title.value[member])}, expected ${formatValue(first.value[member])} as at ${first.place.file}: ${first.place.path}, which has the same serviceConfigId`)
    }
  }
}

/** An achievement has the system of the title that defines it; titles that share a service configuration may differ in it. */
function checkSystem ({ value: title, place }: Entry<WorldTitle>, { report, titleManaged }: CheckContext): void {
  const { generation, achievementSystem, refusesUpdates, achievements, serviceConfigId } = title
  const system = achievementSystem ?? deriveSystem(title)
  if (generation === 'xbox360' && achievementSystem !== null) {
    report.add(within(place, 'achievementSystem'), `found ${formatValue(achievementSystem)}, expected none because the generation is "xbox360"`)
  }
  if (refusesUpdates && generation === 'xbox360') {
    report.add(within(place, 'refusesUpdates'), 'found true, expected false because the generation is "xbox360"')
  } else if (refusesUpdates && system !== 'eventBased') {
    report.add(within(place, 'refusesUpdates'), 'found true, expected false because the title\'s achievements are not event-based; say "achievementSystem":"eventBased" if they are')
  }
  if (system !== 'titleManaged') return
  const because = 'because the title is titleManaged; say "achievementSystem":"eventBased"'
  achievements.forEach(({ id, achievementType, requirements }, index) => {
    titleManaged.add(`${serviceConfigId}/${id}`)
    if (achievementType === 'Challenge') report.add(within(place, 'achievements', index, 'achievementType'), `found "Challenge", expected "Persistent" ${because}`)
    if (hasOtherRequirements(requirements)) report.add(within(place, 'achievements', index, 'requirements'), `found ${formatValue(requirements)}, expected none ${because}`)
  })
}
