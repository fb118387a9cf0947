/** In ms: how often a progress line is written to a terminal, and to a file or pipe. */
const ON_TERMINAL = 200
const ELSEWHERE = 10_000
const WIDTH = 24

/** Where a part is. */
export interface Place {
  readonly name: string
  readonly unit: string
  readonly done: number
  readonly amount: number
  readonly failures: number
}

/** A bar, how far, how fast, how long. */
export function formatProgress ({ name, unit, done, amount, failures }: Place, perSecond: number): string {
  const share = amount === 0 ? 1 : Math.min(1, done / amount)
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.')
  const rest = perSecond > 0 ? `${Math.ceil((amount - done) / perSecond)} s left` : ''
  return `${name.padEnd(12)} [${bar}] ${(share * 100).toFixed(1)} %  ${done} of ${amount} ${unit}, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, ${failures} faults  ${rest}`.trimEnd()
}

/**
 * Writes where a part is: over the same line on a terminal, a line now and then elsewhere.
 *
 * @returns a function that ends it.
 */
export function showProgress (output: NodeJS.WriteStream, where: () => Place): () => void {
  const begun = Date.now()
  const first = where().done
  const write = (end: string): void => {
    const place = where()
    const line = formatProgress(place, (place.done - first) / Math.max(0.001, (Date.now() - begun) / 1000))
    output.write(output.isTTY ? `\r\u001B[K${line}${end}` : `${line}\n`)
  }
  const timer = setInterval(write, output.isTTY ? ON_TERMINAL : ELSEWHERE, '')
  return () => {
    clearInterval(timer)
    write('\n')
  }
}
