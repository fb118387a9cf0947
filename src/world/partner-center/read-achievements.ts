import { formatValue } from '../../base/validation.ts'
import type { Findings } from './findings.ts'
import { walkXml, type XmlElement } from './walk-xml.ts'
import type { XmlSource } from './xml-source.ts'

/** The namespace of achievements2017.xml. */
export const ACHIEVEMENTS_NAMESPACE = 'http://config.mgt.xboxlive.com/schema/achievements2017/1'

/** The text of an element, and where the element begins. */
export interface Field {
  readonly text: string
  readonly offset: number
}

/** An achievement of achievements2017.xml. */
export interface Definition {
  readonly offset: number
  readonly id: number
  /** The id of a string of localization.xml, as are both descriptions. */
  readonly name: Field
  readonly lockedDescription: Field | undefined
  readonly unlockedDescription: Field | undefined
  readonly isBase: boolean
  readonly isHidden: boolean
  /** A decimal number. */
  readonly gamerscore: Field | undefined
  readonly iconImageId: Field | undefined
  readonly deepLink: Field | undefined
}

/** The achievements of achievements2017.xml, in display order. */
export interface Definitions {
  readonly source: XmlSource
  /** Where the root element begins. */
  readonly offset: number
  readonly list: readonly Definition[]
}

const TEXT = null
const ACHIEVEMENTS_SHAPE = {
  Achievements2017: {
    Achievement: {
      AchievementNameId: TEXT,
      BaseAchievement: TEXT,
      DisplayOrder: TEXT,
      LockedDescriptionId: TEXT,
      Rewards: { Gamerscore: TEXT },
      UnlockedDescriptionId: TEXT,
      IsHidden: TEXT,
      AchievementId: TEXT,
      IconImageId: TEXT,
      // Not seen in any published document: docs/specification.md, "Partner Center documents".
      DeepLink: TEXT
    }
  }
}

const LARGEST = 4294967295
/** The order of an achievement without a display order, which comes last. */
const UNORDERED = LARGEST + 1

/** Reads achievements2017.xml, and adds the problems of each achievement to the findings. */
export function readAchievements (source: XmlSource, findings: Findings): Definitions {
  const ids = new Map<number, string>()
  const list: Array<Definition & { order: number }> = []
  let offset = 0
  let fields = new Map<string, Field>()

  const addField = (name: string, field: Field): void => {
    if (fields.has(name)) findings.add(source, field.offset, `found a second <${name}> in one <Achievement>, expected one`)
    // An empty element, such as <IconImageId/>, is the same as a missing one.
    if (field.text !== '') fields.set(name, field)
  }
  const addAchievement = (element: XmlElement): void => {
    const definition = definitionOf({ source, findings, fields, offset: element.offset })
    if (definition === undefined) return
    const first = ids.get(definition.id)
    const field = fields.get('AchievementId') as Field
    if (first !== undefined) findings.add(source, field.offset, `achievement ${definition.id} is already at ${first}, expected once`)
    ids.set(definition.id, first ?? source.place(field.offset))
    list.push(definition)
  }

  walkXml(source, {
    namespace: ACHIEVEMENTS_NAMESPACE,
    shape: ACHIEVEMENTS_SHAPE,
    open: (element) => { if (element.name === 'Achievement') fields = new Map() },
    close: (element) => {
      if (element.name === 'Achievement') addAchievement(element)
      else if (element.name === 'Achievements2017') offset = element.offset
      else if (element.name !== 'Rewards') addField(element.name, { text: element.text.trim(), offset: element.offset })
    }
  })
  return { source, offset, list: list.toSorted((a, b) => a.order - b.order) }
}

/** The elements of one achievement. */
interface AchievementElements {
  readonly source: XmlSource
  readonly findings: Findings
  readonly fields: ReadonlyMap<string, Field>
  /** Where the achievement begins. */
  readonly offset: number
}

/** Undefined when it has no id or no name, which is a problem. */
function definitionOf (elements: AchievementElements): Definition & { order: number } | undefined {
  const { source, findings, fields, offset } = elements
  const missing = ['AchievementId', 'AchievementNameId'].filter((name) => !fields.has(name))
  for (const name of missing) findings.add(source, offset, `found an <Achievement> without <${name}>, expected one`)
  const gamerscore = fields.get('Gamerscore')
  if (gamerscore !== undefined && !/^\d{1,9}$/.test(gamerscore.text)) findings.add(source, gamerscore.offset, `found ${formatValue(gamerscore.text)} in <Gamerscore>, expected a whole number, e.g. 10`)
  const definition = {
    offset,
    id: integerField('AchievementId', elements) ?? 0,
    name: fields.get('AchievementNameId') as Field,
    lockedDescription: fields.get('LockedDescriptionId'),
    unlockedDescription: fields.get('UnlockedDescriptionId'),
    isBase: booleanField('BaseAchievement', elements) ?? true,
    isHidden: booleanField('IsHidden', elements) ?? false,
    gamerscore,
    iconImageId: fields.get('IconImageId'),
    deepLink: fields.get('DeepLink'),
    order: integerField('DisplayOrder', elements) ?? UNORDERED
  }
  return missing.length > 0 ? undefined : definition
}

function integerField (name: string, { source, findings, fields }: AchievementElements): number | undefined {
  const field = fields.get(name)
  if (field === undefined) return undefined
  const value = /^\d+$/.test(field.text) ? Number(field.text) : Infinity
  if (value > LARGEST) findings.add(source, field.offset, `found ${formatValue(field.text)} in <${name}>, expected an integer from 0 to ${LARGEST}`)
  return value
}

/** Reads an xs:boolean. */
function booleanField (name: string, { source, findings, fields }: AchievementElements): boolean | undefined {
  const field = fields.get(name)
  if (field === undefined) return undefined
  if (!/^(true|false|1|0)$/.test(field.text)) findings.add(source, field.offset, `found ${formatValue(field.text)} in <${name}>, expected true or false`)
  return field.text === 'true' || field.text === '1'
}
