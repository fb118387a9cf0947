import { readFileSync, statSync } from 'node:fs'
import { WorldError } from '../problems.ts'
import { asWorldError } from '../read.ts'

/** The largest file, in bytes: 50 MB. */
const LARGEST_FILE = 50 * 1024 * 1024

/** The text of an XML file, and the line and column of each offset in it. */
export class XmlSource {
  /** As messages name it. */
  readonly file: string
  readonly text: string
  readonly encoding: Encoding
  /** The offsets at which lines begin, without the first; found when `place` is first called. */
  #lineStarts: readonly number[] | undefined

  constructor (file: string, text: string, encoding: Encoding) {
    this.file = file
    this.text = text
    this.encoding = encoding
  }

  /** `file:line:column` of an offset in the text, both counted from 1, columns as editors count them. */
  place (offset: number): string {
    this.#lineStarts ??= [...this.text.matchAll(/\r\n?|\n/g)].map(({ 0: { length }, index }) => index + length)
    let [low, high] = [0, this.#lineStarts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#lineStarts[middle] as number) <= offset) low = middle + 1
      else high = middle
    }
    return `${this.file}:${low + 1}:${offset - (this.#lineStarts[low - 1] ?? 0) + 1}`
  }
}

export type Encoding = 'UTF-8' | 'UTF-16'

/**
 * Reads an XML file: UTF-8, or UTF-16 with a byte order mark.
 *
 * @throws {WorldError} when there is no such file, when it has another encoding, or when it is larger than
 *   50 MB, in which case it is not read.
 */
export function readXml (file: string): XmlSource {
  try {
    const stats = statSync(file)
    if (!stats.isFile()) throw new WorldError([`${file}: found ${stats.isDirectory() ? 'a folder' : 'something that is no file'}, expected an XML file`])
    if (stats.size > LARGEST_FILE) throw new WorldError([`${file}: found ${Math.ceil(stats.size / 1024 / 1024)} MB, expected at most 50: is it the right file?`])
    return decodeXml(file, readFileSync(file))
  } catch (error) {
    throw asWorldError(file, error, 'an XML file')
  }
}

function decodeXml (file: string, bytes: Uint8Array): XmlSource {
  const [first, second] = bytes
  const mark = [first, second].join()
  // In UTF-16, one byte of every markup character is 0.
  if (first === 0 || second === 0) throw new WorldError([`${file}:1:1: found UTF-16 without a byte order mark, expected one; save it with the mark, or as UTF-8`])
  if (mark === '255,254') return decodeAs('utf-16le', file, bytes)
  if (mark === '254,255') return decodeAs('utf-16be', file, bytes)
  return decodeAs('utf-8', file, bytes)
}

function decodeAs (label: string, file: string, bytes: Uint8Array): XmlSource {
  const encoding = label === 'utf-8' ? 'UTF-8' : 'UTF-16'
  try {
    return new XmlSource(file, new TextDecoder(label, { fatal: true }).decode(bytes), encoding)
  } catch {
    // Undecodable bytes become U+FFFD, so the first one shows where they are, unless the text itself contains one.
    const readable = new XmlSource(file, new TextDecoder(label).decode(bytes), encoding)
    const place = readable.place(readable.text.indexOf('\uFFFD'))
    throw new WorldError([`${place}: found bytes that are not ${encoding}; save it as UTF-8, or as UTF-16 with a byte order mark`])
  }
}
