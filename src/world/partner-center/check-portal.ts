import { show } from '../../base/validation.ts'
import type { Findings } from './findings.ts'
import type { Definitions, Field } from './read-achievements.ts'
import type { Localization } from './read-localization.ts'

const FEWEST_BASE = 10
const BASE_GAMERSCORE = 1000
const MOST_GAMERSCORE = 200
const LONGEST_DESCRIPTION = 100

/** What a title's documents are checked against. */
export interface Checked {
  readonly definitions: Definitions
  readonly localization: Localization
  readonly titleId: number
}

/**
 * Warns of what Partner Center warns of, in substance: the emulator could serve it all the same.
 *
 * Source: [portal], docs/specification.md.
 */
export function checkPortal (checked: Checked, findings: Findings): void {
  checkBase(checked.definitions, findings)
  checkEach(checked, findings)
  checkDescriptions(checked, findings)
  checkLocales(checked.localization, findings)
}

function checkBase ({ source, offset, list }: Definitions, findings: Findings): void {
  const base = list.filter(({ isBase }) => isBase)
  const gamerscore = base.reduce((sum, { gamerscore }) => sum + Number(gamerscore?.text ?? 0), 0)
  if (base.length < FEWEST_BASE) findings.warn(source, offset, `found ${base.length} base achievements, the portal expects ${FEWEST_BASE} or more`)
  if (gamerscore !== BASE_GAMERSCORE) findings.warn(source, offset, `found base achievements of ${gamerscore} gamerscore in total, the portal expects exactly ${BASE_GAMERSCORE}`)
}

function checkEach ({ definitions: { source, list }, titleId }: Checked, findings: Findings): void {
  const digits = titleId.toString(16)
  const prefixes = new Set([digits, digits.padStart(8, '0')].map((hex) => `ms-xbl-${hex}://`))
  for (const { id, gamerscore, deepLink } of list) {
    if (Number(gamerscore?.text) > MOST_GAMERSCORE) {
      findings.warn(source, (gamerscore as Field).offset, `achievement ${id} has a gamerscore of ${gamerscore?.text}, the portal expects 0 to ${MOST_GAMERSCORE}`)
    }
    const scheme = deepLink?.text.toLowerCase().replace(/(?<=:\/\/).*$/s, '')
    if (scheme !== undefined && !prefixes.has(scheme)) {
      findings.warn(source, (deepLink as Field).offset, `achievement ${id} has the deep link ${show(deepLink?.text)}, the portal expects it to begin with ms-xbl-${digits.padStart(8, '0')}://`)
    }
  }
}

function checkDescriptions ({ definitions: { list }, localization: { source, strings } }: Checked, findings: Findings): void {
  // Two achievements may share a string.
  const ids = new Set(list.flatMap(({ lockedDescription, unlockedDescription }) => [lockedDescription?.text, unlockedDescription?.text]))
  for (const id of ids) {
    for (const { locale, text, offset } of strings.get(id ?? '')?.values.values() ?? []) {
      const length = [...text].length
      if (length > LONGEST_DESCRIPTION) findings.warn(source, offset, `string ${show(id)} has ${length} characters in ${locale}, the portal expects at most ${LONGEST_DESCRIPTION} in a description`)
    }
  }
}

function checkLocales ({ source, defaultLocale, strings }: Localization, findings: Findings): void {
  for (const [id, { offset, values }] of strings) {
    if (!values.has(defaultLocale.toLowerCase())) findings.warn(source, offset, `string ${show(id)} has no entry for the developer display locale ${defaultLocale}, the portal expects one`)
  }
}
