import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { importTitle, type ImportedTitle } from '../../../src/world/partner-center/import-title.ts'
import { checkTitleFile } from '../../../src/world/partner-center/title-file.ts'
import { WorldError } from '../../../src/world/problems.ts'

/** Small Partner Center documents, which a test varies. */

export const ACHIEVEMENTS = 'http://config.mgt.xboxlive.com/schema/achievements2017/1'
export const LOCALIZATION = 'http://config.mgt.xboxlive.com/schema/localization/1'
export const SCID = '8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7'

/** An element with the given XML in it. */
export const element = (name: string, content: string | number | boolean): string => `<${name}>${content}</${name}>`

/** An achievement: a member is an element, and null leaves the element out. */
export function achievement (members: Readonly<Record<string, string | number | boolean | null>> = {}): string {
  const { Gamerscore, ...others } = {
    AchievementNameId: 'name', BaseAchievement: true, DisplayOrder: 1, LockedDescriptionId: 'locked', Gamerscore: 10, UnlockedDescriptionId: 'unlocked', IsHidden: false, AchievementId: 1, IconImageId: 'icon', ...members
  }
  const rewards = Gamerscore === null ? '<Rewards/>' : element('Rewards', element('Gamerscore', Gamerscore))
  return element('Achievement', Object.entries(others).map(([name, content]) => content === null ? '' : element(name, content)).join('') + rewards)
}

export const achievements = (...list: string[]): string => `<Achievements2017 xmlns="${ACHIEVEMENTS}">\n${list.join('\n')}\n</Achievements2017>`

/** A string, with its texts by locale, as XML. */
export const string = (id: string, texts: Readonly<Record<string, string>>): string =>
  `<LocalizedString id="${id}">${Object.entries(texts).map(([locale, text]) => `<Value locale="${locale}">${text}</Value>`).join('')}</LocalizedString>`

export const STRINGS = ['name', 'locked', 'unlocked'].map((id) => string(id, { 'en-US': `the ${id}` }))

export const localization = (...strings: string[]): string => `<Localization xmlns="${LOCALIZATION}">\n<DevDisplayLocale locale="en-US"/>\n${strings.join('\n')}\n</Localization>`

/** A pair of documents, as text or as bytes. */
export interface Pair {
  readonly achievements?: string | Uint8Array
  readonly localization?: string | Uint8Array
  /** Members of title.json. */
  readonly title?: object
  readonly isStrict?: boolean
}

const title = (members: object = {}): object => ({ titleId: 1, name: 'One', serviceConfigId: SCID, ...members })

/** Writes a pair of documents to files and imports them. */
export function importPair (t: Test, { achievements: definitions = achievements(achievement()), localization: strings = localization(...STRINGS), title: members, isStrict = false }: Pair = {}): ImportedTitle {
  const folder = t.testdir({})
  const paths = { achievements: join(folder, 'a.xml'), localization: join(folder, 'l.xml') }
  writeFileSync(paths.achievements, definitions)
  writeFileSync(paths.localization, strings)
  return importTitle({ ...paths, title: checkTitleFile(title(members)).title, isStrict })
}

/** The problems of a pair of documents, or the warnings when there are none; without the folder of the files. */
export function findingsOf (t: Test, pair: Pair): readonly string[] {
  const short = (line: string): string => line.replaceAll(/\/\S+\/(?=[al]\.xml)/g, '')
  try {
    return importPair(t, pair).warnings.map(short)
  } catch (error) {
    if (error instanceof WorldError) return error.problems.map(short)
    throw error
  }
}

/** The warnings about base achievements that a title without enough of them gets. */
export const unfinished = (count: number, gamerscore: number, place = 'a.xml:1:1'): string[] => [
  ...count < 10 ? [`${place}: warning: found ${count} base achievements, the portal expects 10 or more`] : [],
  ...gamerscore !== 1000 ? [`${place}: warning: found base achievements of ${gamerscore} gamerscore in total, the portal expects exactly 1000`] : []
]

/** Replaces a text in braces by its line and column: `a.xml:{<IsHidden>}` is the place of the first `<IsHidden>`, `{<IsHidden>#2}` of the second. */
export function placed ({ achievements: definitions = achievements(achievement()), localization: strings = localization(...STRINGS) }: Pair, findings: readonly string[]): string[] {
  const documents: Readonly<Record<string, string>> = { a: String(definitions), l: String(strings) }
  return findings.map((finding) => finding.replaceAll(/([al])\.xml:\{(.+?)(?:#(\d))?\}/g, (_all, file, needle, count = 1) => {
    const before = (documents[file] as string).split(needle).slice(0, count).join(needle).split('\n')
    return `${file}.xml:${before.length}:${(before.at(-1) as string).length + 1}`
  }))
}
