/** A kind of fault that was found: how often, and how to reproduce the first examples. */
export interface Finding {
  readonly kind: string
  count: number
  readonly examples: string[]
}

/** What a part has done so far. It is written to a file, so that an interrupted run can be continued. */
export interface Kept {
  /** The number of the part's unit at which it continues. */
  done: number
  readonly counts: Record<string, number>
  readonly findings: Finding[]
}

/** How many examples of each kind are stored. */
const EXAMPLES = 3

export const nothing = (): Kept => ({ done: 0, counts: {}, findings: [] })

/** Where a part writes down what it finds. */
export class Book {
  readonly kept: Kept

  constructor (kept: Kept = nothing()) { this.kept = kept }

  /** Counts something that the table shows, faults and others. */
  count (what: string, by = 1): void { this.kept.counts[what] = (this.kept.counts[what] ?? 0) + by }

  /** Remembers the highest of several numbers. */
  highest (what: string, value: number): void { this.kept.counts[what] = Math.max(value, this.kept.counts[what] ?? 0) }

  /**
   * A goal is missed.
   *
   * @param kind a text that is the same for what is probably the same fault.
   * @param example how to reproduce this one.
   */
  fail (kind: string, example: string): void {
    let finding = this.kept.findings.find((each) => each.kind === kind)
    if (finding === undefined) this.kept.findings.push(finding = { kind, count: 0, examples: [] })
    finding.count++
    if (finding.examples.length < EXAMPLES) finding.examples.push(example)
  }

  /** The number of faults of all kinds. */
  get failures (): number { return this.kept.findings.reduce((sum, { count }) => sum + count, 0) }
}
