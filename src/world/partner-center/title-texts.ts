import type { GivenFile } from '../given-file.ts'
import { Report } from '../problems.ts'
import { importTexts, type ImportedTitle } from './import-title.ts'
import { checkTitleFile } from './title-file.ts'
import { XmlSource } from './xml-source.ts'

/** What is said of a title beside its documents. */
interface SaidTitle {
  /** As messages name it. */
  readonly file: string
  readonly document: unknown
  readonly isStrict: boolean
}

/**
 * Makes a world of Partner Center's two documents, as they were sent, and of what a title.json says.
 *
 * @throws {WorldError} with every problem.
 */
export function readTitleTexts ({ achievements, localization }: { readonly achievements: GivenFile, readonly localization: GivenFile }, { file, document, isStrict }: SaidTitle): ImportedTitle {
  const { title, found } = checkTitleFile(document)
  const report = new Report()
  report.addAll(file, found)
  report.throwIfAny()
  const sourceOf = ({ name, text, encoding }: GivenFile): XmlSource => new XmlSource(name, text, encoding)
  return importTexts({ achievements: sourceOf(achievements), localization: sourceOf(localization), title, isStrict })
}
