import { formatValue } from '../../base/validation.ts'
import type { LocalizedText } from '../../model/achievement.ts'
import { Report, within, type Place } from '../problems.ts'
import { findPublishedSandboxes, type PublishedSandboxes } from '../published-sandboxes.ts'
import type { World, WorldAchievement, WorldUser } from '../schema.ts'
import type { WorldFile } from './context.ts'

/** In characters. Source: [portal], docs/specification.md. */
const LONGEST_TEXTS = { name: 57, description: 90, lockedDescription: 90 } as const

/**
 * Finds what the live service and Partner Center would not accept, and the emulator serves nevertheless.
 *
 * @param files of a world without problems.
 * @param world made of the files.
 * @returns a line for each of the first hundred warnings, with file and JSON pointer, and the number of all.
 */
export function findWarnings (files: readonly WorldFile[], { titles }: World): ReturnType<Report['summary']> {
  const report = new Report('warning: ')
  const published = findPublishedSandboxes(titles)
  for (const { file, world } of files) {
    world.titles.forEach(({ achievements }, title) => {
      achievements.forEach((achievement, index) => {
        const place = within({ file, path: '' }, 'titles', title, 'achievements', index)
        checkLengths(achievement, place, report)
        checkRewards(achievement, place, report)
      })
    })
    world.users.forEach((user, index) => checkSandboxes(user, { published, place: within({ file, path: '' }, 'users', index), report }))
  }
  return report.summary()
}

/** No token can see progress in a sandbox in which no title of its service configuration is published. */
function checkSandboxes ({ titles, achievements }: WorldUser, { published: { ofTitle, ofConfiguration }, place, report }: { published: PublishedSandboxes, place: Place, report: Report }): void {
  titles.forEach(({ titleId, sandbox }, index) => {
    if (sandbox !== null && ofTitle.get(titleId)?.has(sandbox) === false) {
      report.add(within(place, 'titles', index, 'sandbox'), `found ${formatValue(sandbox)}, in which title ${titleId} is not published`)
    }
  })
  achievements.forEach(({ serviceConfigId, sandbox }, index) => {
    if (sandbox !== null && ofConfiguration.get(serviceConfigId)?.has(sandbox) === false) {
      report.add(within(place, 'achievements', index, 'sandbox'), `found ${formatValue(sandbox)}, in which no title of service configuration ${serviceConfigId} is published`)
    }
  })
}

function checkLengths (achievement: WorldAchievement, place: Place, report: Report): void {
  for (const member of ['name', 'description', 'lockedDescription'] as const) {
    for (const [text, textPlace] of localizedTexts(achievement[member], within(place, member))) {
      const length = countCharacters(text)
      if (length > LONGEST_TEXTS[member]) report.add(textPlace, `achievement ${achievement.id} has ${length} characters, Partner Center expects at most ${LONGEST_TEXTS[member]}`)
    }
  }
}

/** Counts code points: a pair of surrogates is one. */
const countCharacters = (text: string): number => text.replace(/[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g, '').length

/** A text in each of its locales, with its place. */
function localizedTexts (text: LocalizedText | null, place: Place): Array<[text: string, place: Place]> {
  if (text === null) return []
  if (typeof text === 'string') return [[text, place]]
  return Object.entries(text).map(([locale, each]) => [each, within(place, locale)])
}

function checkRewards ({ id, achievementType, rewards }: WorldAchievement, place: Place, report: Report): void {
  const types = new Set<string>()
  rewards.forEach(({ type, value }, index) => {
    const rewardPlace = within(place, 'rewards', index)
    if (types.has(type)) report.add(rewardPlace, `achievement ${id} has another reward of type ${formatValue(type)}, the service expects one of a type`)
    if (achievementType === 'Challenge' && type === 'Gamerscore' && Number(value) > 0) report.add(rewardPlace, `achievement ${id} is a challenge with a gamerscore of ${value}, the service expects none`)
    types.add(type)
  })
}
