import type { LocalizedText } from '../model/achievement.ts'
import { show } from '../base/validation.ts'
import type { WorldFile } from './read.ts'
import { Report, within, type Place } from './problems.ts'
import { findSandboxes, type Sandboxes } from './sandboxes.ts'
import type { World, WorldAchievement, WorldUser } from './schema.ts'

/** In characters, by [portal] in docs/specification.md. */
const LONGEST = { name: 57, description: 90, lockedDescription: 90 } as const

/**
 * What neither the live service nor Partner Center has, and the emulator serves all the same.
 *
 * @param files of a world that is right.
 * @param world what they make.
 * @returns a line for each, with file and JSON pointer; how many there are in all, as the first hundred are told.
 */
export function findWarnings (files: readonly WorldFile[], { titles }: World): ReturnType<Report['tell']> {
  const report = new Report('warning: ')
  const sandboxes = findSandboxes(titles)
  for (const { file, world } of files) {
    world.titles.forEach(({ achievements }, title) => {
      achievements.forEach((achievement, index) => {
        const place = within({ file, path: '' }, 'titles', title, 'achievements', index)
        checkLengths(achievement, place, report)
        checkRewards(achievement, place, report)
      })
    })
    world.users.forEach((user, index) => checkSandboxes(user, { sandboxes, place: within({ file, path: '' }, 'users', index), report }))
  }
  return report.tell()
}

/** What was done where no title is published shows to no token. */
function checkSandboxes ({ titles, achievements }: WorldUser, { sandboxes: { ofTitle, ofConfiguration }, place, report }: { sandboxes: Sandboxes, place: Place, report: Report }): void {
  titles.forEach(({ titleId, sandbox }, index) => {
    if (sandbox !== null && ofTitle.get(titleId)?.has(sandbox) === false) {
      report.add(within(place, 'titles', index, 'sandbox'), `found ${show(sandbox)}, in which title ${titleId} is not published`)
    }
  })
  achievements.forEach(({ serviceConfigId, sandbox }, index) => {
    if (sandbox !== null && ofConfiguration.get(serviceConfigId)?.has(sandbox) === false) {
      report.add(within(place, 'achievements', index, 'sandbox'), `found ${show(sandbox)}, in which no title of service configuration ${serviceConfigId} is published`)
    }
  })
}

function checkLengths (achievement: WorldAchievement, place: Place, report: Report): void {
  for (const member of ['name', 'description', 'lockedDescription'] as const) {
    for (const [text, at] of textsOf(achievement[member], within(place, member))) {
      const length = countCharacters(text)
      if (length > LONGEST[member]) report.add(at, `achievement ${achievement.id} has ${length} characters, Partner Center expects at most ${LONGEST[member]}`)
    }
  }
}

/** Code points: of a pair of surrogates one is not counted. */
const countCharacters = (text: string): number => text.replace(/[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g, '').length

/** A text in each of its locales, and where it stands. */
function textsOf (text: LocalizedText | null, place: Place): Array<[text: string, place: Place]> {
  if (text === null) return []
  if (typeof text === 'string') return [[text, place]]
  return Object.entries(text).map(([locale, each]) => [each, within(place, locale)])
}

function checkRewards ({ id, achievementType, rewards }: WorldAchievement, place: Place, report: Report): void {
  const types = new Set<string>()
  rewards.forEach(({ type, value }, index) => {
    const at = within(place, 'rewards', index)
    if (types.has(type)) report.add(at, `achievement ${id} has another reward of type ${show(type)}, the service expects one of a type`)
    if (achievementType === 'Challenge' && type === 'Gamerscore' && Number(value) > 0) report.add(at, `achievement ${id} is a challenge with a gamerscore of ${value}, the service expects none`)
    types.add(type)
  })
}
