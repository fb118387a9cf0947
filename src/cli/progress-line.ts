import type { CommandProcess } from './output.ts'

/** Work with fewer steps says nothing where there is no terminal. */
const MANY_STEPS = 200_000
const BAR_WIDTH = 30

/** Tells a person how far a work is. */
export interface ProgressLine {
  readonly report: (done: number) => void
  /** Is called when it has ended, one way or the other. */
  readonly end: () => void
}

/**
 * On a terminal a bar that is drawn over itself; elsewhere, in the log of a CI job, say, a line for each tenth.
 *
 * @param total how many steps there are; more than none.
 */
export function startProgress ({ stderr }: CommandProcess, what: string, total: number): ProgressLine {
  let shown = 0
  const percentageOf = (done: number): number => Math.floor(done / total * 100)
  if (stderr.isTTY) {
    return {
      report (done) {
        const percentage = percentageOf(done)
        if (percentage === shown) return
        shown = percentage
        stderr.write(`\r${what} [${'#'.repeat(Math.floor(percentage / 100 * BAR_WIDTH)).padEnd(BAR_WIDTH, '-')}] ${percentage} %`)
      },
      // Clears the line.
      end: () => { if (shown > 0) stderr.write('\r\u001b[K') }
    }
  }
  return {
    report (done) {
      const tenth = Math.floor(percentageOf(done) / 10)
      if (total < MANY_STEPS || tenth === shown) return
      shown = tenth
      stderr.write(`${what}: ${tenth * 10} %\n`)
    },
    end: () => {}
  }
}
