import { show } from '../../base/validation.ts'
import type { AchievementSystem } from '../../model/title.ts'
import type { LocalizedText } from '../../model/achievement.ts'
import { checkPortal } from './check-portal.ts'
import { Findings } from './findings.ts'
import { readAchievements, type Definition, type Definitions, type Field } from './read-achievements.ts'
import { readLocalization, type Localization, type LocalizedString } from './read-localization.ts'
import { iconUrlOf, type TitleFile } from './title-file.ts'
import { readXml } from './xml-source.ts'

/** What a title is imported from. */
export interface Parts {
  /** The path of achievements2017.xml. */
  readonly achievements: string
  /** The path of localization.xml. */
  readonly localization: string
  readonly title: TitleFile
  /** Whether what the portal warns of is an error. */
  readonly isStrict?: boolean
}

/** A world document, not checked yet, and what the portal would warn of, a line each. */
export interface Imported {
  readonly document: { readonly titles: readonly object[], readonly users: readonly object[], readonly sessions: readonly object[] }
  readonly warnings: readonly string[]
}

/** The XUID of the user that is added to play with. */
const USER = '2533274790000001'

/**
 * Makes a world of Partner Center's documents: one title, with every achievement in display order
 * and every locale, and, if one is wanted, a user with a session.
 *
 * @throws {WorldError} with everything that is wrong, a line each: `file:line:column: …`.
 */
export function importTitle ({ achievements, localization, title, isStrict = false }: Parts): Imported {
  const findings = new Findings(isStrict)
  const definitions = readAchievements(readXml(achievements), findings)
  const strings = readLocalization(readXml(localization), findings)
  checkReferences(definitions, strings, findings)
  findings.conclude()
  checkPortal({ definitions, localization: strings, titleId: title.titleId }, findings)
  const warnings = findings.conclude()
  const { $schema, user, iconUrl, ...members } = title
  const list = definitions.list.map((definition) => achievementOf(definition, strings, iconUrl))
  return { document: { titles: [{ ...members, achievementSystem: importedSystemOf(title), defaultLocale: strings.defaultLocale, achievements: list }], ...playing(title) }, warnings }
}

/** Partner Center configures title-managed achievements in these documents: the "2017" is their version. */
const importedSystemOf = ({ generation, achievementSystem }: TitleFile): AchievementSystem | null =>
  achievementSystem ?? (generation === 'modern' ? 'titleManaged' : null)

function playing ({ user, titleId, sandboxes }: TitleFile): Pick<Imported['document'], 'users' | 'sessions'> {
  if (user === null) return { users: [], sessions: [] }
  return {
    users: [{ xuid: USER, gamertag: user }],
    sessions: [{ userHash: 'my', token: 'token', xuid: USER, titleId, sandbox: sandboxes[0] ?? null }]
  }
}

function checkReferences ({ source, list }: Definitions, { source: { file }, strings }: Localization, findings: Findings): void {
  for (const { name, lockedDescription, unlockedDescription } of list) {
    for (const reference of [name, lockedDescription, unlockedDescription]) {
      if (reference !== undefined && !strings.has(reference.text)) findings.add(source, reference.offset, `found string id ${show(reference.text)}, expected one that ${file} has`)
    }
  }
}

/** An achievement of a world; what the document leaves out is left out. */
function achievementOf (definition: Definition, localization: Localization, iconUrl: string): object {
  const { id, isHidden, gamerscore, iconImageId, deepLink } = definition
  const [name, description, lockedDescription] = textsOf(definition, localization)
  return {
    id,
    name,
    ...description !== undefined && { description },
    ...lockedDescription !== undefined && { lockedDescription },
    isSecret: isHidden,
    rewards: gamerscore === undefined ? [] : [{ type: 'Gamerscore', value: gamerscore.text }],
    mediaAssets: iconImageId === undefined ? [] : [{ name: iconImageId.text, type: 'Icon', url: iconUrlOf(iconImageId.text, iconUrl) }],
    ...deepLink !== undefined && { deeplink: deepLink.text }
  }
}

/** The name and both descriptions of an achievement, in the locales of any of them. */
function textsOf ({ name, unlockedDescription, lockedDescription }: Definition, localization: Localization): Array<LocalizedText | undefined> {
  const find = (reference: Field | undefined): LocalizedString | undefined => reference && localization.strings.get(reference.text)
  const found = [find(name), find(unlockedDescription), find(lockedDescription)]
  const locales = localesOf(found, localization.defaultLocale)
  return found.map((string) => string && textOf(string, locales, localization.defaultLocale))
}

/** The locales of strings, as they are first written, by locale in lower case; the default first. */
function localesOf (strings: ReadonlyArray<LocalizedString | undefined>, defaultLocale: string): ReadonlyMap<string, string> {
  const written = new Map<string, string>()
  for (const [key, { locale }] of strings.flatMap((string) => [...string?.values ?? []])) {
    if (!written.has(key)) written.set(key, locale)
  }
  const key = defaultLocale.toLowerCase()
  // A key that is set again keeps its place.
  return new Map([[key, written.get(key) ?? defaultLocale], ...written])
}

/** An answer takes all texts from one locale: where one of them lacks it, the developer display locale stands in. */
function textOf ({ values }: LocalizedString, locales: ReadonlyMap<string, string>, defaultLocale: string): LocalizedText {
  const [first] = values.values()
  const otherwise = values.get(defaultLocale.toLowerCase()) ?? first
  const texts = [...locales].map(([key, locale]): [string, string] => [locale, (values.get(key) ?? otherwise)?.text ?? ''])
  const { [defaultLocale]: text, ...others } = Object.fromEntries(texts)
  return text !== undefined && Object.keys(others).length === 0 ? text : Object.fromEntries(texts)
}
