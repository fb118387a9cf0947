/** A kind of fault that was found: how often, and how the first of them are had again. */
export interface Finding {
  readonly kind: string
  count: number
  readonly examples: string[]
}

/** What a part has done so far. It is kept in a file, so that a run that was broken off goes on. */
export interface Kept {
  /** Of the part's units: the number at which it goes on. */
  done: number
  readonly counts: Record<string, number>
  readonly findings: Finding[]
}

/** How many examples of a kind are kept. */
const EXAMPLES = 3

export const nothing = (): Kept => ({ done: 0, counts: {}, findings: [] })

/** Where a part writes down what it sees. */
export class Book {
  readonly kept: Kept

  constructor (kept: Kept = nothing()) { this.kept = kept }

  /** Counts what is shown in the table, a fault or not. */
  count (what: string, by = 1): void { this.kept.counts[what] = (this.kept.counts[what] ?? 0) + by }

  /** Keeps the highest of numbers. */
  highest (what: string, value: number): void { this.kept.counts[what] = Math.max(value, this.kept.counts[what] ?? 0) }

  /**
   * A goal is missed.
   *
   * @param kind the same text for what is likely the same fault.
   * @param example how this one is had again.
   */
  fail (kind: string, example: string): void {
    let finding = this.kept.findings.find((each) => each.kind === kind)
    if (finding === undefined) this.kept.findings.push(finding = { kind, count: 0, examples: [] })
    finding.count++
    if (finding.examples.length < EXAMPLES) finding.examples.push(example)
  }

  /** How many faults of all kinds. */
  get failures (): number { return this.kept.findings.reduce((sum, { count }) => sum + count, 0) }
}
