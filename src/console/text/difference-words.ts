import type { Difference, DifferenceCount, DifferenceCounts, DifferenceKind } from '../../model/difference.ts'

/** What differences of each kind are called, one and many. */
export const DIFFERENCE_NAMES: Readonly<Record<DifferenceKind, readonly [string, string]>> = {
  title: ['title', 'titles'],
  achievement: ['achievement', 'achievements'],
  user: ['user', 'users'],
  friend: ['friendship', 'friendships'],
  play: ['played title', 'played titles'],
  progress: ['progress of an achievement', 'progress of achievements'],
  session: ['token', 'tokens']
}

/** What has become of something, as a sign and a word. */
export const OUTCOME_MARKS = { added: ['+', 'added'], changed: ['~', 'changed'], removed: ['−', 'removed'] } as const

/** A difference in words: what it is about, and what has become of it. */
export interface WordedDifference {
  readonly subject: string
  readonly detail: string
  /** The path of its place on the page; null: it has none. */
  readonly path: readonly string[] | null
}

/** How an instant is written: as it is sent, or as the reader has it. */
type TimeWriter = (wire: string) => string

/** Words a difference, for a row of a list. */
export function wordDifference (difference: Difference, showTime: TimeWriter = String): WordedDifference {
  const { kind, gamertag, xuid, title, titleId, achievement, friend, sandbox } = difference
  const who = gamertag ?? xuid ?? 'nobody'
  const inSandbox = sandbox === null || sandbox === 'RETAIL' ? '' : ` (${sandbox})`
  const subjects: Readonly<Record<DifferenceKind, string>> = {
    title: title ?? String(titleId),
    achievement: `${title}: ${achievement?.name}`,
    user: who,
    friend: `${who} → ${friend?.gamertag}`,
    play: `${who}: ${title ?? titleId}${inSandbox}`,
    progress: `${who}: ${achievement?.name}${inSandbox}`,
    session: `token of ${who}`
  }
  return { subject: subjects[kind], detail: wordChange(difference, showTime), path: pathOfDifference(difference) }
}

/** Where on the page is what a difference is about. What is gone has no place. */
function pathOfDifference ({ kind, what, xuid, titleId }: Difference): readonly string[] | null {
  const isGone = what === 'removed' && (kind === 'user' || kind === 'title')
  if (isGone) return null
  if (kind === 'title' || kind === 'achievement') return ['world', 'titles', String(titleId)]
  if (xuid === null) return null
  return titleId === null || kind === 'session' ? ['users', xuid] : ['users', xuid, 'titles', String(titleId)]
}

function wordChange ({ kind, before, after, titleId }: Difference, showTime: TimeWriter): string {
  if (kind === 'progress') return `${wordProgress(before, showTime)} → ${wordProgress(after, showTime)}`
  if (kind === 'session') return [`title ${(after ?? before)?.['titleId'] ?? 'none'}`, `sandbox ${(after ?? before)?.['sandbox'] ?? 'none'}`].join(', ')
  if (kind === 'play') return before === null ? `played ${wordValue(after?.['lastPlayed'], showTime)}` : after === null ? 'not played any more' : wordMembers(before, after, showTime)
  if (kind === 'friend') return before === null ? favorite(after) : after === null ? 'no friend any more' : `${favorite(before)} → ${favorite(after)}`
  if (before !== null && after !== null) return wordMembers(before, after, showTime)
  const { privacy } = { ...before, ...after }
  return kind === 'user' ? `privacy ${String(privacy)}` : kind === 'title' ? `title ${titleId}` : ''
}

const favorite = (members: Difference['after']): string => members?.['isFavorite'] === true ? 'favourite' : 'friend'

/** Each member that differs, as it was and as it is. */
const wordMembers = (before: NonNullable<Difference['before']>, after: NonNullable<Difference['after']>, showTime: TimeWriter): string =>
  Object.keys(after).map((name) => `${name}: ${wordValue(before[name], showTime)} → ${wordValue(after[name], showTime)}`).join(', ')

/** How many characters of a value are shown in a row. */
const LONGEST_VALUE = 60

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

function wordValue (value: unknown, showTime: TimeWriter): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'string' && INSTANT.test(value)) return showTime(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

/** Progress as a list of achievements has it. */
function wordProgress (members: Difference['before'], showTime: TimeWriter): string {
  if (members === null) return 'not begun'
  const { percentComplete, timeUnlocked, isRevoked, requirements } = members
  const parts = [
    ...isRevoked === undefined ? [] : [isRevoked === true ? 'revoked' : 'not revoked'],
    ...timeUnlocked === undefined ? [] : [timeUnlocked === null ? 'locked' : `unlocked ${wordValue(timeUnlocked, showTime)}`],
    ...percentComplete === undefined || (percentComplete === 100 && timeUnlocked !== undefined && timeUnlocked !== null) ? [] : [`${String(percentComplete)} %`],
    ...requirements === undefined || (requirements as unknown[]).length === 0 ? [] : [`value ${(requirements as Array<{ current: string }>).map(({ current }) => current).join(', ')}`]
  ]
  return parts.filter((part) => part !== 'not revoked' || parts.length === 1).join(', ') || 'nothing'
}

/** How many differences there are in all. */
export const totalOf = (counts: DifferenceCounts): number => Object.values(counts).reduce((sum, { added, changed, removed }: DifferenceCount) => sum + added + changed + removed, 0)

/** What differs of each kind, in words with numbers: "3 users added", "12 progress of achievements changed". */
export const wordCounts = (counts: DifferenceCounts, show: (value: number) => string = String): string[] => wordEach(counts, show, (what) => what)

const VERBS = { added: ['is deleted', 'are deleted'], changed: ['becomes as it was', 'become as they were'], removed: ['comes back', 'come back'] } as const

/** What a reset takes back: what was added is gone, what was removed comes back. */
export const wordLosses = (counts: DifferenceCounts, show: (value: number) => string = String): string[] => wordEach(counts, show, (what, index) => VERBS[what][index])

/** A line for each kind and what has become of some of it. @param end how the line ends, for one (0) or many (1). */
function wordEach (counts: DifferenceCounts, show: (value: number) => string, end: (what: Difference['what'], index: 0 | 1) => string): string[] {
  return (Object.entries(counts) as Array<[DifferenceKind, DifferenceCount]>).flatMap(([kind, count]) => (['added', 'changed', 'removed'] as const).filter((what) => count[what] > 0).map((what) => {
    const index = count[what] === 1 ? 0 : 1
    return `${show(count[what])} ${DIFFERENCE_NAMES[kind][index]} ${end(what, index)}`
  }))
}
