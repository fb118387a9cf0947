/** An answer in terms that all versions of HTTP have. */
export interface Answer {
  readonly status: number
  /** By name in lower case; repeated headers are joined by a line feed. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/** The error of bytes that are not an answer of HTTP/1.1. */
export class NoAnswer extends Error {}

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const END_OF_LINE = Buffer.from('\r\n')
const STATUS_LINE = /^HTTP\/1\.1 ([1-5]\d\d) [ -~]+$/
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\t -~\u0080-\u00ff]*)$/
const NONE = Buffer.alloc(0)

function readHead (text: string): { status: number, headers: Map<string, string> } {
  const [line = '', ...lines] = text.split('\r\n')
  const [, status] = STATUS_LINE.exec(line) ?? []
  if (status === undefined) throw new NoAnswer(`the status line is ${JSON.stringify(line.slice(0, 100))}`)
  const headers = new Map<string, string>()
  for (const each of lines) {
    const [, name, value] = HEADER.exec(each) ?? []
    if (name === undefined || value === undefined) throw new NoAnswer(`a header is ${JSON.stringify(each.slice(0, 100))}`)
    const key = name.toLowerCase()
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}\n${value}`)
  }
  return { status: Number(status), headers }
}

/** Reads a chunked body that begins at an offset; undefined while it is incomplete. */
function readChunks (bytes: Buffer, from: number): { body: Buffer, end: number } | undefined {
  const chunks: Buffer[] = []
  for (let at = from; ;) {
    const line = bytes.indexOf(END_OF_LINE, at)
    if (line === -1) return undefined
    const size = bytes.toString('latin1', at, line)
    if (!/^[0-9a-f]{1,8}$/i.test(size)) throw new NoAnswer(`a chunk has the size ${JSON.stringify(size.slice(0, 100))}`)
    const begin = line + 2
    at = begin + Number.parseInt(size, 16) + 2
    if (at > bytes.length) return undefined
    if (bytes.toString('latin1', at - 2, at) !== '\r\n') throw new NoAnswer('a chunk does not end where it says')
    if (at === begin + 2) return { body: Buffer.concat(chunks), end: at }
    chunks.push(bytes.subarray(begin, at - 2))
  }
}

/** Reads the answers that come over one connection, one after the other. */
export class AnswerReader {
  #bytes: Buffer = NONE
  #isEnded = false
  readonly #nextMethod: () => string | undefined

  /** @param nextMethod returns the method of the next request without an answer; undefined when there is none. */
  constructor (nextMethod: () => string | undefined) { this.#nextMethod = nextMethod }

  /** True after an incomplete answer. */
  get isAmidst (): boolean { return this.#bytes.length > 0 }

  /**
   * The answers that are complete with the new bytes.
   *
   * @throws {NoAnswer} when the bytes are not HTTP.
   */
  * push (chunk: Buffer): Generator<Answer> {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    for (let answer = this.#take(); answer !== undefined; answer = this.#take()) {
      // 100 Continue is not the answer yet.
      if (answer.status >= 200) yield answer
    }
  }

  /** The answer that ends with the connection. Is called when that has ended. */
  * end (): Generator<Answer> {
    this.#isEnded = true
    const answer = this.#take()
    if (answer !== undefined) yield answer
  }

  #take (): Answer | undefined {
    const bytes = this.#bytes
    const at = bytes.indexOf(END_OF_HEAD)
    if (at === -1) {
      if (bytes.length > 0 && !'HTTP/'.startsWith(bytes.toString('latin1', 0, 5))) throw new NoAnswer(`${JSON.stringify(bytes.toString('latin1', 0, 100))} came`)
      return undefined
    }
    const { status, headers } = readHead(bytes.toString('latin1', 0, at))
    const begin = at + END_OF_HEAD.length
    const read = this.#readBody(status, headers, begin)
    if (read === undefined) return undefined
    this.#bytes = bytes.subarray(read.end)
    return { status, headers, body: read.body }
  }

  #readBody (status: number, headers: ReadonlyMap<string, string>, begin: number): { body: Buffer, end: number } | undefined {
    const length = headers.get('content-length')
    const coding = headers.get('transfer-encoding')
    if (length !== undefined && coding !== undefined) throw new NoAnswer('an answer has a length and a transfer coding')
    if (length !== undefined && !/^\d{1,12}$/.test(length)) throw new NoAnswer(`Content-Length is ${JSON.stringify(length)}`)
    if (status < 200 || status === 204 || status === 304 || this.#nextMethod() === 'HEAD') return { body: NONE, end: begin }
    if (coding === 'chunked') return readChunks(this.#bytes, begin)
    if (coding !== undefined) throw new NoAnswer(`Transfer-Encoding is ${JSON.stringify(coding)}`)
    if (length === undefined) {
      // The answer to a client of HTTP/1.0, which knows no chunks, ends with the connection.
      if (headers.get('connection') !== 'close') throw new NoAnswer('an answer says not how long it is')
      return this.#isEnded ? { body: this.#bytes.subarray(begin), end: this.#bytes.length } : undefined
    }
    const end = begin + Number(length)
    return end > this.#bytes.length ? undefined : { body: this.#bytes.subarray(begin, end), end }
  }
}
