import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Shot } from './http1.ts'
import { AnswerReader, NoAnswer, type Answer } from './read-answers.ts'

/** The answers to bytes that are not a request. */
const REFUSED_AS_NO_HTTP = /The request is not HTTP\/1\.1|did not arrive whole/

/** The events that end a connection. */
const ENDS = ['end', 'error', 'close'] as const

const ignore = (): void => {}

/** Is called with each answer, and with what is wrong with a connection. */
export interface Watcher {
  readonly onAnswer: (shot: Shot, answer: Answer, sent: Buffer) => void
  readonly onWrong: (shot: Shot, what: string) => void
}

/** Where to connect, and how long an answer or the closing of a connection may take, in ms. */
export interface Address { readonly port: number, readonly isSecure: boolean, readonly longest: number }

const open = ({ port, isSecure }: Pick<Address, 'port' | 'isSecure'>): Socket => isSecure
  ? connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, servername: 'achievements.xboxlive.com', ALPNProtocols: ['http/1.1'] })
  : connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true })

/** A client of HTTP/1. It pipelines requests over one connection, until that is closed. */
export class Http1Client {
  #socket: Socket | undefined
  readonly #address: Address
  readonly #watcher: Watcher

  constructor (address: Address, watcher: Watcher) {
    this.#address = address
    this.#watcher = watcher
  }

  /** Sends shots, and resolves when each has been answered, or its connection has ended. */
  async send (shots: readonly Shot[]): Promise<void> {
    let isAlone = false
    for (let rest = shots; rest.length > 0;) {
      const last = rest.findIndex(({ end }) => end !== 'answered')
      const together = rest.slice(0, isAlone ? 1 : last === -1 ? rest.length : last + 1)
      const settled = await this.#round(together)
      // When a server closes a connection, answers that are under way can be lost. So the request is sent once more, alone.
      isAlone = settled === 0
      if (settled === 0 && together.length === 1) {
        this.#watcher.onWrong(together[0] as Shot, 'closed without an answer')
        rest = rest.slice(1)
      } else rest = rest.slice(settled)
    }
  }

  close (): void { this.#socket?.destroy() }

  /** Pipelines requests over one connection. Resolves with the number of those that need not be sent again. */
  async #round (shots: readonly Shot[]): Promise<number> {
    const socket = this.#socket ?? open(this.#address)
    this.#socket = undefined
    const { promise, resolve } = Promise.withResolvers<number>()
    const round = new Round(socket, shots, { watcher: this.#watcher, longest: this.#address.longest, done: resolve })
    round.begin()
    const settled = await promise
    round.leave()
    if (round.isReusable) this.#socket = socket
    else if (shots.at(-1)?.end === 'aborted' && !this.#address.isSecure && shots.length % 2 === 0) socket.resetAndDestroy()
    else socket.destroy()
    return settled
  }
}

/** One round: the requests that are pipelined over a connection. */
class Round {
  readonly #socket: Socket
  readonly #shots: readonly Shot[]
  readonly #watcher: Watcher
  readonly #done: (settled: number) => void
  readonly #sent: Buffer
  readonly #reader: AnswerReader
  readonly #longest: number
  #answered = 0
  #isClosing = false
  #timer: NodeJS.Timeout | undefined
  isReusable = false

  constructor (socket: Socket, shots: readonly Shot[], { watcher, longest, done }: { watcher: Watcher, longest: number, done: (settled: number) => void }) {
    this.#socket = socket
    this.#shots = shots
    this.#watcher = watcher
    this.#longest = longest
    this.#done = done
    this.#sent = shots.length === 1 ? (shots[0] as Shot).bytes : Buffer.concat(shots.map(({ bytes }) => bytes))
    this.#reader = new AnswerReader(() => this.#shots[this.#answered]?.ask.method)
  }

  /** How many of the requests have to be answered. */
  get #expected (): number { return this.#shots.filter(({ end }) => end === 'answered').length }

  get #isLastClosed (): boolean { return this.#shots.at(-1)?.end === 'closed' }

  begin (): void {
    this.#timer = setTimeout(() => {
      this.#watcher.onWrong(this.#shots[Math.min(this.#answered, this.#shots.length - 1)] as Shot, `neither answered nor closed within ${this.#longest / 1000} s`)
      this.#finish(this.#shots.length)
    }, this.#longest)
    this.#socket.on('data', this.#onData)
    for (const event of ENDS) this.#socket.on(event, this.#onEnd)
    this.#socket.write(this.#sent)
    if (this.#isLastClosed) this.#socket.end()
    else if (this.#expected === 0) this.#socket.write('', () => this.#finish(this.#shots.length))
  }

  /** Stops listening to the connection. */
  leave (): void {
    for (const event of ENDS) this.#socket.off(event, this.#onEnd)
    // An error between two rounds would end the process if nobody listened.
    this.#socket.off('data', this.#onData).off('error', ignore).on('error', ignore)
  }

  readonly #onData = (chunk: Buffer): void => this.#read(this.#reader.push(chunk))

  #read (answers: Iterable<Answer>): void {
    try {
      for (const answer of answers) this.#onAnswer(answer)
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      this.#watcher.onWrong(this.#shots[Math.min(this.#answered, this.#shots.length - 1)] as Shot, `no HTTP: ${error.message}`)
      this.#finish(this.#shots.length)
    }
  }

  #onAnswer (answer: Answer): void {
    const shot = this.#shots[Math.min(this.#answered, this.#shots.length - 1)] as Shot
    if (this.#answered >= this.#expected && this.#shots.at(-1)?.end === 'answered') {
      this.#watcher.onWrong(shot, 'an answer that nobody has asked for')
      return
    }
    if (this.#answered < this.#expected && REFUSED_AS_NO_HTTP.test(answer.body.toString('latin1', 0, 200))) this.#watcher.onWrong(shot, 'a request is answered with the refusal of the one behind it')
    this.#answered++
    this.#watcher.onAnswer(shot, answer, this.#sent)
    this.#isClosing ||= answer.headers.get('connection') === 'close'
    if (this.#isClosing || this.#answered < this.#expected || this.#isLastClosed) return
    this.isReusable = this.#shots.at(-1)?.end === 'answered'
    this.#finish(this.#shots.length)
  }

  /** The server has closed, or is gone. */
  readonly #onEnd = (): void => {
    this.#read(this.#reader.end())
    const last = this.#shots[Math.min(Math.max(0, this.#answered - 1), this.#shots.length - 1)] as Shot
    const isFaulty = this.#reader.isAmidst && !/7777777/.test(this.#sent.toString('latin1'))
    if (isFaulty) this.#watcher.onWrong(last, 'an answer that ends in its middle')
    if (this.#isLastClosed && this.#answered >= this.#expected) this.#finish(this.#shots.length)
    else this.#finish(Math.min(this.#answered, this.#shots.length))
  }

  #finish (settled: number): void {
    clearTimeout(this.#timer)
    this.#done(settled)
  }
}
