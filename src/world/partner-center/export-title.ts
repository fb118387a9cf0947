import { escapeAttribute, escapeText } from '../../base/escape-xml.ts'
import type { WorldAchievement, WorldTitle } from '../schema.ts'
import { localesOf, textIn } from '../texts.ts'
import { exportFields, findIconUrl, type ExportedFields } from './exported-fields.ts'
import { ACHIEVEMENTS_FILE, LOCALIZATION_FILE, TITLE_FILE } from './files.ts'
import { ACHIEVEMENTS_NAMESPACE } from './read-achievements.ts'
import { LOCALIZATION_NAMESPACE } from './read-localization.ts'

/** A title as Partner Center's documents. */
export interface ExportedTitle {
  /** The files of a folder that `start --world` reads, by name. */
  readonly files: Readonly<Record<string, string>>
  /** What the documents cannot express and so lose, a line each. */
  readonly warnings: readonly string[]
}

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'

/**
 * Writes a title as achievements2017.xml and localization.xml, and as title.json, which has the members that
 * those two do not have. Importing the files gives the same title again, except for what the warnings name.
 *
 * @param title of a checked world.
 */
export function exportTitle ({ achievements, defaultLocale, ...title }: WorldTitle): ExportedTitle {
  const iconUrl = findIconUrl(achievements)
  const exported = achievements.map((achievement) => ({ achievement, fields: exportFields(achievement, iconUrl) }))
  const incomplete = exported.filter(({ fields }) => fields.lost.length > 0)
  return {
    files: {
      [ACHIEVEMENTS_FILE]: [
        DECLARATION,
        `<Achievements2017 xmlns="${ACHIEVEMENTS_NAMESPACE}">`,
        ...exported.flatMap(({ achievement, fields }, index) => achievementLines(achievement, fields, index + 1)),
        '</Achievements2017>',
        ''
      ].join('\n'),
      [LOCALIZATION_FILE]: [
        DECLARATION,
        `<Localization xmlns="${LOCALIZATION_NAMESPACE}">`,
        `  <DevDisplayLocale locale="${escapeAttribute(defaultLocale)}"/>`,
        ...achievements.flatMap((achievement) => stringLines(achievement, defaultLocale)),
        '</Localization>',
        ''
      ].join('\n'),
      [TITLE_FILE]: `${JSON.stringify({ ...title, iconUrl }, null, 2)}\n`
    },
    warnings: [
      ...incomplete.map(({ achievement: { id }, fields }) => `achievement ${id} loses what the documents have no place for: ${fields.lost.join(', ')}`),
      'a world does not say which achievements came with the base game; every <BaseAchievement> is true'
    ]
  }
}

/** The strings of an achievement, and the element that refers to each; null is a text that the achievement does not have. */
const stringsOf = ({ id, name, description, lockedDescription }: WorldAchievement) => [
  { element: 'AchievementNameId', id: `AchievementNameId_${id}`, text: name },
  { element: 'LockedDescriptionId', id: `LockedDescriptionId_${id}`, text: lockedDescription },
  { element: 'UnlockedDescriptionId', id: `UnlockedDescriptionId_${id}`, text: description }
]

function achievementLines (achievement: WorldAchievement, { gamerscore, icon, deepLink }: ExportedFields, displayOrder: number): string[] {
  const element = (name: string, text: string | number | boolean | undefined): string[] =>
    text === undefined ? [] : [`    <${name}>${escapeText(String(text))}</${name}>`]
  const [name = [], locked = [], unlocked = []] = stringsOf(achievement).map((string) => element(string.element, string.text === null ? undefined : string.id))
  return [
    '  <Achievement>',
    ...name,
    ...element('BaseAchievement', true),
    ...element('DisplayOrder', displayOrder),
    ...locked,
    ...gamerscore === undefined ? ['    <Rewards/>'] : ['    <Rewards>', `      <Gamerscore>${gamerscore}</Gamerscore>`, '    </Rewards>'],
    ...unlocked,
    ...element('IsHidden', achievement.isSecret),
    ...element('AchievementId', achievement.id),
    ...element('IconImageId', icon?.name),
    ...element('DeepLink', deepLink),
    '  </Achievement>'
  ]
}

function stringLines (achievement: WorldAchievement, defaultLocale: string): string[] {
  return stringsOf(achievement).flatMap(({ id, text }) => text === null
    ? []
    : [
        `  <LocalizedString id="${escapeAttribute(id)}">`,
        ...localesOf(text, defaultLocale).map((locale) => `    <Value locale="${escapeAttribute(locale)}">${escapeText(textIn(text, locale))}</Value>`),
        '  </LocalizedString>'
      ])
}
