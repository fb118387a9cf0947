import { formatValue } from '../../base/validation.ts'
import type { Findings } from './findings.ts'
import type { Definitions, Field } from './read-achievements.ts'
import type { Localization } from './read-localization.ts'

const LEAST_BASE_ACHIEVEMENTS = 10
const BASE_GAMERSCORE = 1000
const MOST_GAMERSCORE = 200
const LONGEST_DESCRIPTION = 100

/** What was read from the documents of a title. */
export interface TitleDocuments {
  readonly definitions: Definitions
  readonly localization: Localization
  readonly titleId: number
}

/**
 * Warns of what Partner Center would warn of. The messages are the emulator's own, and it serves such documents.
 *
 * Source: [portal], docs/specification.md.
 */
export function checkPortalRules (documents: TitleDocuments, findings: Findings): void {
  checkBaseAchievements(documents.definitions, findings)
  checkAchievements(documents, findings)
  checkDescriptions(documents, findings)
  checkLocales(documents.localization, findings)
}

function checkBaseAchievements ({ source, offset, list }: Definitions, findings: Findings): void {
  const base = list.filter(({ isBase }) => isBase)
  const gamerscore = base.reduce((sum, { gamerscore }) => sum + Number(gamerscore?.text ?? 0), 0)
  if (base.length < LEAST_BASE_ACHIEVEMENTS) findings.warn(source, offset, `found ${base.length} base achievements, the portal expects ${LEAST_BASE_ACHIEVEMENTS} or more`)
  if (gamerscore !== BASE_GAMERSCORE) findings.warn(source, offset, `found base achievements of ${gamerscore} gamerscore in total, the portal expects exactly ${BASE_GAMERSCORE}`)
}

function checkAchievements ({ definitions: { source, list }, titleId }: TitleDocuments, findings: Findings): void {
  const digits = titleId.toString(16)
  const prefixes = new Set([digits, digits.padStart(8, '0')].map((hex) => `ms-xbl-${hex}://`))
  for (const { id, gamerscore, deepLink } of list) {
    if (Number(gamerscore?.text) > MOST_GAMERSCORE) {
      findings.warn(source, (gamerscore as Field).offset, `achievement ${id} has a gamerscore of ${gamerscore?.text}, the portal expects 0 to ${MOST_GAMERSCORE}`)
    }
    const scheme = deepLink?.text.toLowerCase().replace(/(?<=:\/\/).*$/s, '')
    if (scheme !== undefined && !prefixes.has(scheme)) {
      findings.warn(source, (deepLink as Field).offset, `achievement ${id} has the deep link ${formatValue(deepLink?.text)}, the portal expects it to begin with ms-xbl-${digits.padStart(8, '0')}://`)
    }
  }
}

function checkDescriptions ({ definitions: { list }, localization: { source, strings } }: TitleDocuments, findings: Findings): void {
  // A set, as achievements may share a string.
  const ids = new Set(list.flatMap(({ lockedDescription, unlockedDescription }) => [lockedDescription?.text, unlockedDescription?.text]))
  for (const id of ids) {
    for (const { locale, text, offset } of strings.get(id ?? '')?.values.values() ?? []) {
      const length = [...text].length
      if (length > LONGEST_DESCRIPTION) findings.warn(source, offset, `string ${formatValue(id)} has ${length} characters in ${locale}, the portal expects at most ${LONGEST_DESCRIPTION} in a description`)
    }
  }
}

function checkLocales ({ source, defaultLocale, strings }: Localization, findings: Findings): void {
  for (const [id, { offset, values }] of strings) {
    if (!values.has(defaultLocale.toLowerCase())) findings.warn(source, offset, `string ${formatValue(id)} has no entry for the developer display locale ${defaultLocale}, the portal expects one`)
  }
}
