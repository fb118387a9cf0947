import { readdirSync, readFileSync } from 'node:fs'

/** Where packaging/page.ts has put the files, as seen from the sources and from what is built of them. */
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../../dist/page/' : '../page/', import.meta.url)

const TYPES: Readonly<Record<string, string>> = { css: 'text/css; charset=utf-8', html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' }

/** A file that a browser loads. */
interface PageFile {
  readonly type: string
  readonly body: Buffer
}

/** The files of the page, by name. */
export function readPageFiles (): ReadonlyMap<string, PageFile> {
  return new Map(readdirSync(FOLDER).map((name) => [name, { type: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', body: readFileSync(new URL(name, FOLDER)) }]))
}
