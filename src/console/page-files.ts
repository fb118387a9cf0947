import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** Where packaging/page.ts has put the files. @param module the address of this file: among the sources, or among what is built of them. */
export const findPageFolder = (module: string): URL => new URL(module.endsWith('.ts') ? '../../dist/page/' : '../page/', module)

export const PAGE_FOLDER = findPageFolder(import.meta.url)

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8', html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml', txt: 'text/plain; charset=utf-8'
}

/** The compressions that are made when the page is built, with the ends of their names; the best first. */
const ENCODINGS = { br: '.br', gzip: '.gz', identity: '' } as const
export type PageEncoding = keyof typeof ENCODINGS
export const PAGE_ENCODINGS = Object.keys(ENCODINGS) as PageEncoding[]

/** The documents that name the others. */
export const INDEX = 'index.html'
export const DOCS = 'docs.html'

/** The names that a browser is told, with the hash of what is in them, and the licences; never the path of another file. */
const SERVED_NAME = /^(?:[a-z]+-[A-Z\d]{8}\.(?:css|js|svg)|licences\.txt)$/

/** A file that a browser loads. */
export interface PageFile {
  readonly type: string
  readonly body: Buffer
  /** Another one for each compression, as it is another representation. */
  readonly etag: string
  /** Whether its name says what is in it, so that it never changes. */
  readonly isImmutable: boolean
}

/**
 * Reads a file of the page. Nothing is kept: a browser asks once, and an emulator whose page nobody opens has none in memory.
 *
 * @param name that of the document, or what that names.
 * @returns undefined if there is none of that name, or if the page was not built.
 */
export async function readPageFile (folder: URL, name: string, encoding: PageEncoding): Promise<PageFile | undefined> {
  if (name !== INDEX && name !== DOCS && !SERVED_NAME.test(name)) return undefined
  try {
    const body = await readFile(new URL(name + ENCODINGS[encoding], folder))
    return {
      type: MEDIA_TYPES[name.slice(name.lastIndexOf('.') + 1)] as string,
      body,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      isImmutable: name.includes('-')
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
