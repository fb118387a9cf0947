import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nothing, type Kept } from './book.ts'

/** The file in which a part with a seed stores what it has done. */
const fileOf = (folder: string, part: string, seed: number): string => join(folder, `${part}-${seed}.json`)

/** What a part has done with a seed in earlier runs. */
export function readKept (folder: string, part: string, seed: number): Kept {
  try {
    return JSON.parse(readFileSync(fileOf(folder, part, seed), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing()
    throw error
  }
}

/** Writes another file and renames it, so that a run that is killed leaves the old one or the new one. */
export function keep (folder: string, { part, seed }: { part: string, seed: number }, kept: Kept): void {
  mkdirSync(folder, { recursive: true })
  const file = fileOf(folder, part, seed)
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

export function forget (folder: string, part: string, seed: number): void { rmSync(fileOf(folder, part, seed), { force: true }) }
