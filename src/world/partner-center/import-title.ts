import { formatValue } from '../../base/validation.ts'
import type { LocalizedText } from '../../model/achievement.ts'
import type { AchievementSystem } from '../../model/title.ts'
import { Findings } from './findings.ts'
import { checkPortalRules } from './portal-rules.ts'
import { readAchievements, type Definition, type Definitions, type Field } from './read-achievements.ts'
import { readLocalization, type Localization, type LocalizedString } from './read-localization.ts'
import { iconUrlOf, type TitleFile } from './title-file.ts'
import { readXml, type XmlSource } from './xml-source.ts'

/** The files that a title is imported from. */
export interface TitleFiles {
  /** The path of achievements2017.xml. */
  readonly achievements: string
  /** The path of localization.xml. */
  readonly localization: string
  readonly title: TitleFile
  /** True when the warnings of the portal are errors. */
  readonly isStrict?: boolean
}

/** The texts that a title is imported from. */
export interface TitleTexts extends Omit<TitleFiles, 'achievements' | 'localization'> {
  readonly achievements: XmlSource
  readonly localization: XmlSource
}

/** A world document, not checked yet, and the warnings of the portal, a line each. */
export interface ImportedTitle {
  readonly document: { readonly titles: readonly object[], readonly users: readonly object[], readonly sessions: readonly object[] }
  readonly warnings: readonly string[]
}

/** The XUID of the user that `user` in title.json adds. */
const USER_XUID = '2533274790000001'

/**
 * Makes a world of Partner Center's documents: one title, with every achievement in display order and in
 * every locale, and a user with a session when title.json names one.
 *
 * @throws {WorldError} with every problem, a line each: `file:line:column: …`.
 */
export function importTitle ({ achievements, localization, ...others }: TitleFiles): ImportedTitle {
  return importTexts({ achievements: readXml(achievements), localization: readXml(localization), ...others })
}

/** The same of texts that are there already. @throws as {@link importTitle} does. */
export function importTexts ({ achievements, localization, title, isStrict = false }: TitleTexts): ImportedTitle {
  const findings = new Findings(isStrict)
  const definitions = readAchievements(achievements, findings)
  const strings = readLocalization(localization, findings)
  checkReferences(definitions, strings, findings)
  findings.warningsOrThrow()
  checkPortalRules({ definitions, localization: strings, titleId: title.titleId }, findings)
  const warnings = findings.warningsOrThrow()
  const { $schema, user, iconUrl, ...members } = title
  const list = definitions.list.map((definition) => achievementOf(definition, strings, iconUrl))
  return { document: { titles: [{ ...members, achievementSystem: importedSystemOf(title), defaultLocale: strings.defaultLocale, achievements: list }], ...testUserOf(title) }, warnings }
}

/** Modern titles are title-managed unless title.json says otherwise: achievements2017.xml describes Achievements 2017, which is that system. */
const importedSystemOf = ({ generation, achievementSystem }: TitleFile): AchievementSystem | null =>
  achievementSystem ?? (generation === 'modern' ? 'titleManaged' : null)

/** The user that title.json names, and a session of that user. */
function testUserOf ({ user, titleId, sandboxes }: TitleFile): Pick<ImportedTitle['document'], 'users' | 'sessions'> {
  if (user === null) return { users: [], sessions: [] }
  return {
    users: [{ xuid: USER_XUID, gamertag: user }],
    sessions: [{ userHash: 'my', token: 'token', xuid: USER_XUID, titleId, sandbox: sandboxes[0] ?? null }]
  }
}

function checkReferences ({ source, list }: Definitions, { source: { file }, strings }: Localization, findings: Findings): void {
  for (const { name, lockedDescription, unlockedDescription } of list) {
    for (const reference of [name, lockedDescription, unlockedDescription]) {
      if (reference !== undefined && !strings.has(reference.text)) findings.add(source, reference.offset, `found string id ${formatValue(reference.text)}, expected one that ${file} has`)
    }
  }
}

/** An achievement of a world; a member is missing where the document has none. */
function achievementOf (definition: Definition, localization: Localization, iconUrl: string): object {
  const { id, isHidden, gamerscore, iconImageId, deepLink } = definition
  const [name, description, lockedDescription] = textsOfDefinition(definition, localization)
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

/** The name and both descriptions of an achievement, each in every locale that one of them has. */
function textsOfDefinition ({ name, unlockedDescription, lockedDescription }: Definition, localization: Localization): Array<LocalizedText | undefined> {
  const find = (reference: Field | undefined): LocalizedString | undefined => reference && localization.strings.get(reference.text)
  const found = [find(name), find(unlockedDescription), find(lockedDescription)]
  const locales = localesOfStrings(found, localization.defaultLocale)
  return found.map((string) => string && textOf(string, locales, localization.defaultLocale))
}

/** The locales of strings in the letter case of their first occurrence, by locale in lower case; the default locale first. */
function localesOfStrings (strings: ReadonlyArray<LocalizedString | undefined>, defaultLocale: string): ReadonlyMap<string, string> {
  const locales = new Map<string, string>()
  for (const [key, { locale }] of strings.flatMap((string) => [...string?.values ?? []])) {
    if (!locales.has(key)) locales.set(key, locale)
  }
  const key = defaultLocale.toLowerCase()
  // A map keeps the position of a key that is set a second time.
  return new Map([[key, locales.get(key) ?? defaultLocale], ...locales])
}

/** Fills a text in for each locale, from the developer display locale where the string has none: a response takes all of its texts from one locale. */
function textOf ({ values }: LocalizedString, locales: ReadonlyMap<string, string>, defaultLocale: string): LocalizedText {
  const [first] = values.values()
  const fallback = values.get(defaultLocale.toLowerCase()) ?? first
  const texts = [...locales].map(([key, locale]): [string, string] => [locale, (values.get(key) ?? fallback)?.text ?? ''])
  const { [defaultLocale]: text, ...others } = Object.fromEntries(texts)
  return text !== undefined && Object.keys(others).length === 0 ? text : Object.fromEntries(texts)
}
