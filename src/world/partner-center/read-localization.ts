import { formatValue } from '../../base/validation.ts'
import { isLocale } from '../check/values.ts'
import type { Findings } from './findings.ts'
import { walkXml, type XmlElement } from './walk-xml.ts'
import type { XmlSource } from './xml-source.ts'

/** The namespace of localization.xml. */
export const LOCALIZATION_NAMESPACE = 'http://config.mgt.xboxlive.com/schema/localization/1'

/** A string in one locale. */
export interface LocalizedValue {
  readonly locale: string
  readonly text: string
  readonly offset: number
}

/** A string: its values by locale in lower case, in the order of the document. */
export interface LocalizedString {
  readonly offset: number
  readonly values: ReadonlyMap<string, LocalizedValue>
}

/** The strings of localization.xml by id, among them those of features other than achievements. */
export interface Localization {
  readonly source: XmlSource
  /** The developer display locale: the fallback of strings that lack a locale. */
  readonly defaultLocale: string
  readonly strings: ReadonlyMap<string, LocalizedString>
}

const LOCALIZATION_SHAPE = { Localization: { DevDisplayLocale: {}, LocalizedString: { Value: null } } }

/** Reads localization.xml, and adds the problems of each string to the findings. */
export function readLocalization (source: XmlSource, findings: Findings): Localization {
  const reader = new LocalizationReader(source, findings)
  walkXml(source, {
    namespace: LOCALIZATION_NAMESPACE,
    shape: LOCALIZATION_SHAPE,
    open: ({ name }) => { if (name === 'LocalizedString') reader.beginString() },
    close: (element) => reader[element.name as keyof typeof LOCALIZATION_SHAPE | keyof typeof LOCALIZATION_SHAPE.Localization | 'Value'](element)
  })
  return { source, defaultLocale: reader.defaultLocale ?? '', strings: reader.strings }
}

/** Collects the strings. When an element is closed, the method with the element's name is called. */
class LocalizationReader {
  readonly strings = new Map<string, LocalizedString>()
  defaultLocale: string | undefined
  #values = new Map<string, LocalizedValue>()
  readonly #source: XmlSource
  readonly #findings: Findings
  readonly #isLocale = rememberLocales()

  constructor (source: XmlSource, findings: Findings) {
    this.#source = source
    this.#findings = findings
  }

  /** Called when a <LocalizedString> is opened. */
  beginString (): void {
    this.#values = new Map()
  }

  Value (element: XmlElement): void {
    const locale = this.#readLocale(element)
    const key = locale.toLowerCase()
    if (this.#values.has(key)) this.#add(element, `found a second <Value> for ${formatValue(locale)} in one <LocalizedString>, expected one`)
    this.#values.set(key, { locale, text: element.text, offset: element.offset })
  }

  LocalizedString (element: XmlElement): void {
    const id = element.attribute('id') ?? ''
    const first = this.strings.get(id)
    if (id === '') this.#add(element, 'found a <LocalizedString> without an id, expected one')
    else if (first !== undefined) this.#add(element, `string ${formatValue(id)} is already at ${this.#source.place(first.offset)}, expected once`)
    this.strings.set(id, { offset: element.offset, values: this.#values })
  }

  DevDisplayLocale (element: XmlElement): void {
    if (this.defaultLocale !== undefined) this.#add(element, 'found a second <DevDisplayLocale>, expected one')
    this.defaultLocale = this.#readLocale(element)
  }

  Localization (element: XmlElement): void {
    if (this.defaultLocale === undefined) this.#add(element, 'found no <DevDisplayLocale>, expected one, e.g. <DevDisplayLocale locale="en-US"/>')
  }

  #readLocale (element: XmlElement): string {
    const locale = element.attribute('locale') ?? ''
    if (!this.#isLocale(locale)) this.#add(element, `found locale ${formatValue(locale)} of <${element.name}>, expected a locale, e.g. "fr-FR"`)
    return locale
  }

  #add ({ offset }: XmlElement, message: string): void {
    this.#findings.add(this.#source, offset, message)
  }
}

/** Remembers which locales were checked: a document repeats the same few. */
function rememberLocales (): (locale: string) => boolean {
  const known = new Map<string, boolean>()
  return (locale) => {
    const result = known.get(locale) ?? isLocale(locale)
    known.set(locale, result)
    return result
  }
}
