import { quoteForShell } from './curl.ts'

/** A file as it is sent. */
export interface SentFile {
  readonly name: string
  readonly text: string
  readonly encoding: 'UTF-8' | 'UTF-16'
}

/** A file that was dropped or chosen, with its folders. */
export interface NamedSize {
  readonly name: string
  /** In bytes. */
  readonly size: number
}

/** How many files are read at most. */
const MOST_FILES = 2000

const isWanted = (name: string): boolean => /\.(json|xml|zip)$/i.test(name) && !/(^|\/)(\.|__MACOSX\/|node_modules\/)/.test(name)

/** Which of the files are read, and why none is, if so. */
export interface FileChoice<T> {
  readonly wanted: readonly T[]
  readonly passedOver: number
  /** Null: they can be read. */
  readonly problem: string | null
}

/**
 * Chooses from files those that may be worlds or documents.
 *
 * @param largest how many bytes the emulator takes in all.
 */
export function chooseFiles<T extends NamedSize> (files: readonly T[], largest: number): FileChoice<T> {
  const wanted = files.filter(({ name }) => isWanted(name))
  const size = wanted.reduce((sum, file) => sum + file.size, 0)
  const choice = { wanted, passedOver: files.length - wanted.length }
  if (wanted.length === 0) return { ...choice, problem: `${files.length === 1 ? (files[0] as T).name : `${files.length} files`}: found no world (.json) and no document of Partner Center (.xml), expected one` }
  if (wanted.length > MOST_FILES) return { ...choice, problem: `found ${wanted.length} files, expected at most ${MOST_FILES}; choose the folder of the world alone` }
  if (size > largest) return { ...choice, problem: `found ${megabytes(size)}, expected at most ${megabytes(largest)}, for the memory of the emulator; start it with the file instead: xbl-achievements start --world ${(wanted[0] as T).name}` }
  return { ...choice, problem: null }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`

/**
 * The text of a file in UTF-8, or in UTF-16 with a byte order mark.
 *
 * @throws an error that says what was found and what was expected.
 */
export function decodeFile (name: string, bytes: Uint8Array): SentFile {
  const [first, second] = bytes
  // The emulator knows an archive by these letters, and says what to do.
  if (first === 0x50 && second === 0x4B) return { name, text: 'PK\u0003\u0004', encoding: 'UTF-8' }
  if (first === 0xFF && second === 0xFE) return { name, text: decodeAsText('utf-16le', name, bytes), encoding: 'UTF-16' }
  if (first === 0xFE && second === 0xFF) return { name, text: decodeAsText('utf-16be', name, bytes), encoding: 'UTF-16' }
  if (first === 0 || second === 0) throw new Error(`${name}: found UTF-16 without a byte order mark, expected one; save it with the mark, or as UTF-8`)
  return { name, text: decodeAsText('utf-8', name, bytes), encoding: 'UTF-8' }
}

function decodeAsText (label: string, name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    const lines = new TextDecoder(label).decode(bytes).split('\uFFFD', 1)[0]?.split('\n') as string[]
    throw new Error(`${name}:${lines.length}:${(lines.at(-1) as string).length + 1}: found bytes that are not ${label === 'utf-8' ? 'UTF-8' : 'UTF-16'}; save it as UTF-8, or as UTF-16 with a byte order mark`)
  }
}

/** Whether there are documents of Partner Center without a title.json beside them: a person has to say what that has. */
export function needsTitle (names: readonly string[]): boolean {
  const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)
  const described = new Set(names.filter((name) => /(^|\/)title\.json$/i.test(name)).map(folderOf))
  return names.some((name) => /\.xml$/i.test(name) && !described.has(folderOf(name)))
}

/** A title id as a person writes it, in decimal or, as Partner Center does, in hexadecimal with 0x before it; as it is otherwise. */
export const readTitleId = (text: string): number | string => /^(0x[\da-f]{1,8}|\d{1,10})$/i.test(text.trim()) ? Number(text.trim()) : text.trim()

/** The line with which a shell does what bringing these files does; a dry run has a route of its own alone. */
export function importLine (origin: string, names: readonly string[], { mode, dryRun }: { readonly mode: 'merge' | 'replace', readonly dryRun: boolean }): string {
  const [name = ''] = names
  const one = names.length === 1 && /\.json$/i.test(name)
  return one && !dryRun
    ? `curl -X ${mode === 'merge' ? 'PATCH' : 'PUT'} ${origin}/_emulator/world -d ${quoteForShell(`@${name}`)}`
    : `curl -X POST ${origin}/_emulator/world/import -d @files.json`
}
