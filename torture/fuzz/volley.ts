import { constants } from 'node:http2'
import type { Book } from '../book.ts'
import { Random } from '../random.ts'
import { makeAsk, type Ask } from './asks.ts'
import { Http1Client } from './http1-client.ts'
import { writeShot } from './http1.ts'
import { Http2Client, makeFrames, makeStreamShot, sendFrames } from './http2-client.ts'
import { findWrong, mayFail, type Dialect } from './judge.ts'
import type { Answer } from './read-answers.ts'
import type { Target } from './target.ts'

/** How many requests are sent one after the other over one connection. */
export const BLOCK = 8

/** How a block of requests is sent, with weights. */
const TRANSPORTS = [[70, 'http1'], [6, 'http1 over TLS'], [22, 'http2'], [2, 'frames']] as const
type Transport = typeof TRANSPORTS[number][1]

/** The dialect and the transport of a block, which are derived from the seed. */
export function planOf (seed: number, block: number): { dialect: Dialect, transport: Transport } {
  const random = new Random(seed ^ 0x5EED, block)
  return { dialect: random.pick(['documented', 'live']), transport: random.weighted(TRANSPORTS) }
}

/** Is called with the number of a request, and what is wrong with its answer. */
export type Report = (number: number, kind: string) => void

/** Sends requests, one block after the other, over connections that it keeps, and judges the answers. */
export class Volley {
  readonly #seed: number
  readonly #target: Target
  readonly #book: Book
  readonly #report: Report
  readonly #numbers = new WeakMap<object, number>()
  readonly #http1 = new Map<boolean, Http1Client>()
  #http2: Http2Client | undefined
  /** True when a fault may reset the connection, which ends all of its streams. */
  #mayBeReset = false

  constructor ({ seed, book }: { seed: number, book: Book }, target: Target, report: Report) {
    this.#seed = seed
    this.#book = book
    this.#target = target
    this.#report = report
  }

  /** Sends the requests `from` to `to - 1`, which are of one block. */
  async fire (transport: Transport, from: number, to: number): Promise<void> {
    const numbers = Array.from({ length: to - from }, (_none, index) => from + index)
    this.#book.count(`requests over ${transport}`, numbers.length)
    if (transport === 'http2') return await this.#fireHttp2(numbers)
    if (transport === 'frames') return await this.#fireFrames(numbers)
    const shots = numbers.map((number) => {
      const random = new Random(this.#seed, number)
      return this.#numbered(writeShot(makeAsk(random), random), number)
    })
    await this.#clientOf(transport === 'http1 over TLS').send(shots)
  }

  close (): void {
    for (const client of this.#http1.values()) client.close()
    this.#http2?.close()
  }

  #numbered<T extends object> (shot: T, number: number): T {
    this.#numbers.set(shot, number)
    return shot
  }

  #clientOf (isSecure: boolean): Http1Client {
    const known = this.#http1.get(isSecure)
    if (known !== undefined) return known
    const client = new Http1Client({ port: isSecure ? this.#target.tlsPort : this.#target.port, isSecure, longest: this.#target.longest }, {
      onAnswer: (shot, answer, sent) => this.#judge(shot, { answer, sent }),
      onWrong: (shot, what) => { if (!mayFail(shot.ask)) this.#report(this.#numbers.get(shot) as number, what) }
    })
    this.#http1.set(isSecure, client)
    return client
  }

  async #fireHttp2 (numbers: readonly number[]): Promise<void> {
    this.#http2 ??= new Http2Client(this.#target, {
      onClosed: (shot, code) => {
        this.#book.count('streams closed without an answer')
        if (code === constants.NGHTTP2_INTERNAL_ERROR && !this.#mayBeReset) this.#report(this.#numbers.get(shot) as number, 'a stream ends with an internal error')
      },
      onAnswer: (shot, answer) => this.#judge(shot, { answer, sent: Buffer.from(JSON.stringify([shot.headers, shot.ask.body])) }),
      onWrong: (shot, what) => { if (!mayFail(shot.ask)) this.#report(this.#numbers.get(shot) as number, what) }
    })
    const shots = numbers.map((number) => {
      const random = new Random(this.#seed, number)
      return this.#numbered(makeStreamShot(makeAsk(random), random), number)
    })
    this.#mayBeReset = shots.some(({ ask }) => mayFail(ask))
    await this.#http2.send(shots, new Random(this.#seed ^ 0xF7A3E, numbers[0] as number))
  }

  async #fireFrames (numbers: readonly number[]): Promise<void> {
    await Promise.all(numbers.map(async (number) => {
      const how = await sendFrames(this.#target, makeFrames(new Random(this.#seed, number)))
      if (how === 'hangs') this.#report(number, 'frames of HTTP/2: the connection is not closed')
    }))
  }

  #judge (shot: { readonly ask: Ask }, { answer, sent }: { answer: Answer, sent: Buffer }): void {
    this.#book.count(`answers of ${Math.floor(answer.status / 100)}xx`)
    const wrong = findWrong(answer, { ask: shot.ask, sent, dialect: this.#target.dialect })
    if (wrong !== undefined) this.#report(this.#numbers.get(shot) as number, wrong)
  }
}
