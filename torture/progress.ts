/** How often a progress line is written, in ms: to a terminal, and to a file or pipe. */
const ON_TERMINAL = 200
const ELSEWHERE = 10_000
const WIDTH = 24

/** How far a part is. */
export interface Place {
  readonly name: string
  readonly unit: string
  readonly done: number
  readonly amount: number
  readonly failures: number
}

/** Formats the progress as a bar, with the number done, the speed and the time left. */
export function formatProgress ({ name, unit, done, amount, failures }: Place, perSecond: number): string {
  const share = amount === 0 ? 1 : Math.min(1, done / amount)
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.')
  const rest = perSecond > 0 ? `${Math.ceil((amount - done) / perSecond)} s left` : ''
  return `${name.padEnd(12)} [${bar}] ${(share * 100).toFixed(1)} %  ${done} of ${amount} ${unit}, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, ${failures} faults  ${rest}`.trimEnd()
}

/**
 * Writes the progress of a part: on a terminal over the same line, elsewhere a line now and then.
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
