import { withoutQuote } from '../base/exact-json.ts'
import type { GivenFile } from './given-file.ts'
import { ACHIEVEMENTS_FILE, LOCALIZATION_FILE, TITLE_FILE } from './partner-center/files.ts'
import { WorldError } from './problems.ts'
import { parseDocument } from './read.ts'

/** What files make. */
export interface ReadFiles {
  /** Worlds, or parts of worlds, not checked yet. */
  readonly documents: Array<{ readonly file: string, readonly document: unknown }>
  /** What Partner Center would warn of, a line each. */
  readonly warnings: readonly string[]
  /** The names of files that are neither worlds nor documents of Partner Center. */
  readonly ignored: readonly string[]
}

/** How files are read. */
interface ReadingOptions {
  /** What a title.json would say, for documents of Partner Center that have none beside them; null: nothing. */
  readonly title: unknown
  /** True when the warnings of the portal are errors. */
  readonly isStrict: boolean
}

const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

/** Files by what they are for. */
type SortedFiles = Readonly<Record<'achievements' | 'localization' | 'title' | 'json' | 'zip' | 'other', readonly GivenFile[]>>

/**
 * Reads files as `start --world` reads a folder, and `world import` documents: each JSON file is a world or a part of
 * one, and Partner Center's two documents with the title.json beside them, in each folder, are a title.
 *
 * @throws {WorldError} with every problem of the first folder or file that has any.
 */
export async function readGivenFiles (files: readonly GivenFile[], options: ReadingOptions): Promise<ReadFiles> {
  const folders = [...Map.groupBy(files.toSorted(byName), ({ name }) => folderOf(name))].map(([folder, members]) => ({ folder, sorted: sortFiles(members) }))
  const zips = folders.flatMap(({ sorted }) => sorted.zip)
  if (zips.length > 0) throw new WorldError(zips.map(({ name }) => `${name}: found a zip archive, expected what is in it; unpack it, and choose its files or its folder`))
  const titles: Array<{ file: string, document: unknown, warnings: readonly string[] }> = []
  for (const { folder, sorted } of folders) titles.push(...await readTitles(folder, sorted, options))
  const worlds = folders.flatMap(({ sorted }) => sorted.json).map(({ name, text }) => ({ file: name, document: parseGiven(name, text) }))
  const ignored = folders.flatMap(({ sorted }) => sorted.other).map(({ name }) => name)
  if (titles.length + worlds.length === 0) throw new WorldError([`found ${ignored.length === 0 ? 'no file' : `nothing but ${ignored.slice(0, 3).join(', ')}${ignored.length > 3 ? ', …' : ''}`}, expected a world (.json), or ${ACHIEVEMENTS_FILE} and ${LOCALIZATION_FILE} of Partner Center`])
  return { documents: [...titles.map(({ file, document }) => ({ file, document })), ...worlds], warnings: titles.flatMap(({ warnings }) => warnings), ignored }
}

/** As `parseDocument` does, without a quotation: what is wrong with a file that somebody sends is told to others, too, such as a log. */
function parseGiven (file: string, text: string): unknown {
  try {
    return parseDocument(file, text)
  } catch (error) {
    throw new WorldError((error as WorldError).problems.map(withoutQuote))
  }
}

const byName = (a: GivenFile, b: GivenFile): number => a.name < b.name ? -1 : Number(a.name > b.name)

const ROOTS = { achievements: /<(?:[\w.-]+:)?Achievements2017[\s>/]/, localization: /<(?:[\w.-]+:)?Localization[\s>/]/ } as const
/** How much of a document is looked at for its root element. */
const ROOT_WITHIN = 4096

/** A document may have been renamed: its root element then says what it is. */
function sortFiles (files: readonly GivenFile[]): SortedFiles {
  const groups = Map.groupBy(files, ({ name, text }) => {
    const base = baseName(name).toLowerCase()
    if (base.endsWith('.zip') || text.startsWith('PK\u0003\u0004')) return 'zip'
    if (base === TITLE_FILE) return 'title'
    if (base.endsWith('.json')) return base.endsWith('.schema.json') ? 'other' : 'json'
    if (base === ACHIEVEMENTS_FILE) return 'achievements'
    if (base === LOCALIZATION_FILE) return 'localization'
    const beginning = base.endsWith('.xml') ? text.slice(0, ROOT_WITHIN) : ''
    return ROOTS.achievements.test(beginning) ? 'achievements' : ROOTS.localization.test(beginning) ? 'localization' : 'other'
  })
  const of = (kind: keyof SortedFiles): readonly GivenFile[] => groups.get(kind) ?? []
  return { achievements: of('achievements'), localization: of('localization'), title: of('title'), json: of('json'), zip: of('zip'), other: of('other') }
}

/** The title of a folder, and a title.json that is a world. */
async function readTitles (folder: string, { achievements, localization, title }: SortedFiles, { title: given, isStrict }: ReadingOptions): Promise<Array<{ file: string, document: unknown, warnings: readonly string[] }>> {
  const said = onlyFile(title)
  const document = said === undefined ? undefined : { file: said.name, document: parseGiven(said.name, said.text), warnings: [] }
  if (achievements.length + localization.length === 0) {
    if (document === undefined) return []
    if (Object.hasOwn(Object(document.document), 'titleId')) throw new WorldError([`${document.file}: found no ${ACHIEVEMENTS_FILE} and no ${LOCALIZATION_FILE}, expected both beside it`])
    return [document]
  }
  const documents = { achievements: requireOne(achievements, folder, ACHIEVEMENTS_FILE), localization: requireOne(localization, folder, LOCALIZATION_FILE) }
  const { readTitleTexts } = await import('./partner-center/title-texts.ts')
  const file = document?.file ?? `${folder}${TITLE_FILE}`
  if (document === undefined && given === null) throw new WorldError([`${file}: found no such file, expected it beside ${documents.achievements.name}, or titleId, name and serviceConfigId in its place`])
  return [{ file, ...readTitleTexts(documents, { file, document: document?.document ?? given, isStrict }) }]
}

/** @throws {WorldError} when there are several files. */
function onlyFile ([first, ...others]: readonly GivenFile[]): GivenFile | undefined {
  if (others.length > 0) throw new WorldError([`found ${[first as GivenFile, ...others].map(({ name }) => name).join(' and ')}, expected one of them`])
  return first
}

/** @throws {WorldError} when there is no file, or when there are several. */
function requireOne (files: readonly GivenFile[], folder: string, expected: string): GivenFile {
  const file = onlyFile(files)
  if (file === undefined) throw new WorldError([`${folder}${expected}: found no such file, expected it beside the other document of Partner Center`])
  return file
}
