import { Book } from '../book.ts'
import type { Part, Run } from '../part.ts'
import type { Dialect } from './judge.ts'
import { isReady, restore, startTarget, type Target } from './target.ts'
import { BLOCK, planOf, Volley, type Report } from './volley.ts'

/** After how many requests the worlds are reset, and the targets are checked. */
const EPOCH = 4000
/** Connections at a time. */
const CLIENTS = 16
/** How many faults of each kind are tried again, each with a fresh target. */
const TRIED_ALONE = 2
const DIALECTS: readonly Dialect[] = ['documented', 'live']

/** Starts a target, also to replace one that has ended. */
export type Start = (dialect: Dialect, folder: string, signal: AbortSignal) => Promise<Target>

/** Sends hostile requests. @param start starts a target; a test attacks something else. */
export async function fuzz (run: Run, start: Start = startTarget): Promise<void> {
  const attack = new Attack(run, start)
  try {
    for (let at = run.from; at < run.to && !run.signal.aborted; at += EPOCH) {
      await attack.epoch(at, Math.min(at + EPOCH, run.to))
      run.reached(Math.min(at + EPOCH, run.to))
    }
  } finally {
    attack.stop()
  }
}

export const fuzzPart: Part = {
  name: 'fuzz',
  what: 'hostile requests, HTTP/1 and HTTP/2, all hosts',
  goal: '1,000,000: 0 answers of 500, 0 ends, 0 hangs, every answer well-formed',
  unit: 'requests',
  amount: 1_000_000,
  run: fuzz
}

/** The numbers of the requests of one block. */
interface Piece { readonly from: number, readonly to: number }

class Attack {
  readonly #run: Run
  readonly #start: Start
  readonly #targets = new Map<Dialect, Target>()

  constructor (run: Run, start: Start) {
    this.#run = run
    this.#start = start
  }

  stop (): void {
    for (const target of this.#targets.values()) target.stop()
  }

  /** Sends the requests `from` to `to - 1`, replaces targets that have ended, and tries faults again with fresh ones. */
  async epoch (from: number, to: number): Promise<void> {
    const pieces: Piece[] = []
    for (let at = from; at < to;) {
      const end = Math.min(to, at - at % BLOCK + BLOCK)
      pieces.push({ from: at, to: end })
      at = end
    }
    const wrong = new Map<number, string>()
    for (const target of await this.#alive()) await restore(target)
    while (pieces.length > 0 && !this.#run.signal.aborted) {
      const flying = new Set<Piece>()
      await Promise.all(Array.from({ length: CLIENTS }, async () => await this.#client(pieces, flying, (number, kind) => wrong.set(number, kind))))
      await this.#bury(flying)
    }
    for (const [number, kind] of wrong) await this.#note(number, kind)
  }

  /** All targets; those that have ended are replaced. */
  async #alive (): Promise<Target[]> {
    for (const dialect of DIALECTS) {
      const known = this.#targets.get(dialect)
      if (known === undefined || known.hasEnded()) this.#targets.set(dialect, await this.#start(dialect, this.#run.folder, this.#run.signal))
    }
    return [...this.#targets.values()]
  }

  /** Sends one piece after the other until all are sent or a target has ended. */
  async #client (pieces: Piece[], flying: Set<Piece>, report: Report): Promise<void> {
    const volleys = new Map([...this.#targets].map(([dialect, target]) => [dialect, new Volley(this.#run, target, report)]))
    const hasEnded = (): boolean => [...this.#targets.values()].some((target) => target.hasEnded())
    for (let piece = pieces.shift(); piece !== undefined; piece = hasEnded() || this.#run.signal.aborted ? undefined : pieces.shift()) {
      const { dialect, transport } = planOf(this.#run.seed, Math.floor(piece.from / BLOCK))
      flying.add(piece)
      try {
        await volleys.get(dialect)?.fire(transport, piece.from, piece.to)
      } catch (error) {
        // When a target has ended, all its requests fail: #bury finds the one that ended it.
        if (!hasEnded()) report(piece.from, `the connection failed: ${(error as Error).message}`)
        break
      }
      if (!hasEnded()) flying.delete(piece)
    }
    for (const volley of volleys.values()) volley.close()
  }

  /** Checks the targets. For one that has ended, it looks for the request that ended it. */
  async #bury (flying: ReadonlySet<Piece>): Promise<void> {
    for (const [dialect, target] of this.#targets) {
      if (!target.hasEnded() && await isReady(target)) continue
      const what = target.hasEnded() ? await target.obituary() : 'it answers no more'
      target.stop()
      if (this.#run.signal.aborted) return
      const kind = `the process ended: ${/\n?.*(\w*Error: [^|]*)/.exec(what)?.[1]?.trim() ?? what.slice(0, 100)}`
      const numbers = [...flying].filter(({ from }) => planOf(this.#run.seed, Math.floor(from / BLOCK)).dialect === dialect).flatMap(({ from, to }) => Array.from({ length: to - from }, (_none, index) => from + index))
      const guilty = this.#isKnown(kind) ? undefined : await this.#findGuilty(dialect, numbers)
      this.#run.book.fail(kind, guilty === undefined ? `one of the requests ${numbers.join()}: ${what}` : `${commandOf(this.#run, guilty)}: ${what}`)
    }
    await this.#alive()
  }

  #isKnown (kind: string): boolean { return (this.#run.book.kept.findings.find((each) => each.kind === kind)?.count ?? 0) >= TRIED_ALONE }

  /** The number of the first request that alone ends a fresh target. */
  async #findGuilty (dialect: Dialect, numbers: readonly number[]): Promise<number | undefined> {
    const target = await this.#start(dialect, this.#run.folder, this.#run.signal)
    const volley = new Volley({ seed: this.#run.seed, book: new Book() }, target, () => {})
    try {
      for (const number of numbers) {
        await volley.fire(planOf(this.#run.seed, Math.floor(number / BLOCK)).transport, number, number + 1).catch(() => {})
        if (!await isReady(target)) return number
      }
      return undefined
    } finally {
      volley.close()
      target.stop()
    }
  }

  async #note (number: number, kind: string): Promise<void> {
    const isTried = !this.#isKnown(kind)
    const isAlone = isTried && await this.#isWrongAgain(number, number + 1)
    const block = number - number % BLOCK
    const isWithBlock = isTried && !isAlone && await this.#isWrongAgain(block, block + BLOCK)
    if (!isTried || isAlone) this.#run.book.fail(kind, commandOf(this.#run, number))
    else if (isWithBlock) this.#run.book.fail(kind, commandOf(this.#run, block, BLOCK))
    else this.#run.book.fail(kind, `${commandOf(this.#run, number)} (not alone: only after those from ${number - number % EPOCH})`)
  }

  /** True when a fresh target, too, answers one of the requests `from` to `to - 1` wrongly. */
  async #isWrongAgain (from: number, to: number): Promise<boolean> {
    const { dialect, transport } = planOf(this.#run.seed, Math.floor(from / BLOCK))
    const target = await this.#start(dialect, this.#run.folder, this.#run.signal)
    let isWrong = false
    const volley = new Volley({ seed: this.#run.seed, book: new Book() }, target, () => { isWrong = true })
    await volley.fire(transport, from, to).catch(() => {})
    volley.close()
    target.stop()
    return isWrong
  }
}

const commandOf = ({ seed }: Run, number: number, count = 1): string => `npm run torture -- --only fuzz --seed ${seed} --from ${number} --requests ${count}`
