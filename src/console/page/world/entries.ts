import type { SentFile } from '../../text/chosen-files.ts'

/** What was chosen, read; or why it cannot be. */
export interface ReadChoice {
  readonly files: readonly SentFile[]
  readonly passedOver: number
  readonly problems: readonly string[]
}

/** A file that was dropped or chosen, and where it is below what was. */
export interface ChosenFile {
  readonly name: string
  readonly size: number
  readonly file: File
}

/** The files that a person has chosen. */
export const chosenFrom = (files: Iterable<File>): ChosenFile[] =>
  [...files].map((file) => ({ name: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, size: file.size, file }))

/** How many files of folders are looked at. */
const MOST_ENTRIES = 20_000

/** The files that were dropped, those in folders, too. The entries are taken at once: afterwards the browser has none any more. */
export async function droppedFrom (transfer: DataTransfer): Promise<ChosenFile[]> {
  const plain = chosenFrom(transfer.files)
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.some(({ isDirectory }) => isDirectory)) return plain
  const found: ChosenFile[] = []
  for (const entry of entries) await addEntry(entry, found)
  return found
}

async function addEntry (entry: FileSystemEntry, found: ChosenFile[]): Promise<void> {
  if (found.length >= MOST_ENTRIES) return
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject) })
    found.push({ name: entry.fullPath.replace(/^\//, ''), size: file.size, file })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    // A hundred at a time, until there are none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject) })
    if (some.length === 0) return
    for (const each of some) await addEntry(each, found)
  }
}
