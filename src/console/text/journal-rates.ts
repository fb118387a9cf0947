import type { JournalEntry } from '../../control/journal/entry.ts'

/** A request as it is counted: when it came, in ms since 1970 on the reader's clock, how long its answer took, and whether it was refused or failed. */
export interface Sample {
  readonly at: number
  readonly ms: number
  readonly isBad: boolean
}

/** The requests of one second. */
export interface RateBucket {
  /** Seconds since 1970. */
  readonly second: number
  readonly count: number
  readonly bad: number
  /** The median and the longest of the durations, in ms. */
  readonly median: number
  readonly longest: number
  /** Some of the durations, ascending: of a second that is over, none. */
  readonly durations: readonly number[]
}

/** How many durations of a second its median is made of. */
const MOST_DURATIONS = 500
/** How many seconds are kept. */
export const KEPT_SECONDS = 300

/** A request, counted at a time in ms since 1970 on the reader's clock. */
export const sampleOf = ({ ms, status }: Pick<JournalEntry, 'ms' | 'status'>, at: number): Sample => ({ at, ms, isBad: status === null || status >= 400 })

/**
 * The requests that were there before the page, each once: as long as the emulator's clock runs, their times say when they
 * came.
 *
 * @param clock how the emulator's clock is at the reader's time `at`.
 * @returns with how many of them have no place: the clock stands still, or they came when it was ahead of what it is now.
 */
export function samplesOf (entries: ReadonlyArray<Pick<JournalEntry, 'id' | 'time' | 'ms' | 'status'>>, { now, isFrozen }: { readonly now: string, readonly isFrozen: boolean }, at: number): { readonly samples: Sample[], readonly unplaced: number } {
  const ahead = Date.parse(now) - at
  const each = [...new Map(entries.map((entry) => [entry.id, entry])).values()]
  const samples = isFrozen ? [] : each.map((entry) => sampleOf(entry, Date.parse(entry.time) - ahead)).filter((sample) => sample.at < at + 1000)
  return { samples, unplaced: each.length - samples.length }
}

/** Says that requests are missing in the plots. */
export const describeUnplaced = (count: number, locale?: string): string =>
  `Without ${count.toLocaleString(locale)} from before this page was opened: the emulator's clock stood still or was moved, so that nobody knows when they came.`

/**
 * Adds requests to the counts of the last minutes. Those of a second that is gone by are left out.
 *
 * @param now the reader's time, in ms since 1970: seconds after it are of a clock that was set back since.
 */
export function addSamples (buckets: readonly RateBucket[], samples: readonly Sample[], now = Infinity): readonly RateBucket[] {
  const next = buckets.filter(({ second }) => second * 1000 <= now)
  for (const [second, group] of groupBySecond(samples)) {
    const last = next.at(-1)
    if (last !== undefined && second < last.second) continue
    if (last?.second === second) next[next.length - 1] = addToBucket(last, group)
    else {
      if (last !== undefined) next[next.length - 1] = { ...last, durations: [] }
      next.push(addToBucket({ second, count: 0, bad: 0, median: 0, longest: 0, durations: [] }, group))
    }
  }
  const newest = next.at(-1)?.second ?? 0
  return next.filter(({ second }) => second > newest - KEPT_SECONDS)
}

function groupBySecond (samples: readonly Sample[]): ReadonlyArray<readonly [second: number, samples: readonly Sample[]]> {
  const groups = new Map<number, Sample[]>()
  for (const sample of samples) {
    const second = Math.floor(sample.at / 1000)
    const group = groups.get(second) ?? []
    groups.set(second, group)
    group.push(sample)
  }
  return [...groups].sort(([one], [other]) => one - other)
}

function addToBucket ({ second, count, bad, longest, durations }: RateBucket, samples: readonly Sample[]): RateBucket {
  const all = [...durations, ...samples.map(({ ms }) => ms)].slice(0, MOST_DURATIONS).sort((one, other) => one - other)
  return {
    second,
    count: count + samples.length,
    bad: bad + samples.filter(({ isBad }) => isBad).length,
    median: all[Math.floor((all.length - 1) / 2)] as number,
    longest: Math.max(longest, ...samples.map(({ ms }) => ms)),
    durations: all
  }
}

/** The counts as lines over the last seconds, one value for each second; where nothing came there is no duration. */
export interface RateLines {
  readonly x: readonly number[]
  readonly counts: readonly number[]
  readonly bad: ReadonlyArray<number | null>
  readonly medians: ReadonlyArray<number | null>
  readonly longest: ReadonlyArray<number | null>
}

/** @param now the second that is not over yet, which is left out. @param seconds how many are shown. */
export function rateLines (buckets: readonly RateBucket[], now: number, seconds: number): RateLines {
  const bySecond = new Map(buckets.map((bucket) => [bucket.second, bucket]))
  const x = Array.from({ length: seconds }, (_none, index) => now - seconds + index)
  const found = x.map((second) => bySecond.get(second))
  return {
    x,
    counts: found.map((bucket) => bucket?.count ?? 0),
    bad: found.map((bucket) => bucket === undefined || bucket.bad === 0 ? null : bucket.bad),
    medians: found.map((bucket) => bucket?.median ?? null),
    longest: found.map((bucket) => bucket?.longest ?? null)
  }
}

/** The plot of requests a second as a sentence. */
export function describeRates ({ counts, bad }: RateLines, locale?: string): string {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const badTotal = bad.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const write = (value: number): string => value.toLocaleString(locale, { maximumFractionDigits: 1 })
  if (total === 0) return `No requests in the last ${write(counts.length)} seconds.`
  return `${write(total)} requests in the last ${write(counts.length)} seconds, ${write(badTotal)} of them refused or failed; at most ${write(Math.max(...counts))} in a second.`
}

/** The plot of durations as a sentence. */
export function describeDurations ({ medians, longest }: RateLines, write: (ms: number) => string): string {
  const known = longest.filter((value) => value !== null)
  if (known.length === 0) return 'No requests, no durations.'
  const sorted = medians.filter((value) => value !== null).sort((one, other) => one - other)
  return `A typical answer took ${write(sorted[Math.floor((sorted.length - 1) / 2)] as number)}, the longest ${write(Math.max(...known))}.`
}
