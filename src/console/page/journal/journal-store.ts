import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ClockState } from '../../../control/clock-routes.ts'
import type { JournalEntry } from '../../../control/journal/entry.ts'
import type { FrameEntry } from '../../../control/journal/frame.ts'
import type { JournalSettings } from '../../../control/journal/settings.ts'
import { addToJournal, type JournalBounds, type KnownJournal } from '../../text/journal-items.ts'
import { addSamples, sampleOf, samplesOf, type RateBucket, type Sample } from '../../text/journal-rates.ts'
import { read } from '../api.ts'
import { begun, connection, onEvent, type LiveEvent } from '../live.ts'

/** The page's own copy of the journal, for all who show it. */

const NOTHING_KNOWN: KnownJournal = { entries: [], frames: [] }
/** How many requests are read at once. */
const PAGE = 200
/** How much the page keeps, however much the journal does. */
const [MOST_KEPT, MOST_BYTES] = [5000, 32_000_000]

/** How long a picture stays at least, in ms. */
const SHORTEST_PICTURE = 80

/** What has come so far, as it comes. */
export const known = signal<KnownJournal>(NOTHING_KNOWN)
export const settings = signal<JournalSettings | undefined>(undefined)
/** Whether the journal may have requests before the first one that is known. */
export const hasOlder = signal(false)
export const loadError = signal<Error | undefined>(undefined)
export const isLoaded = signal(false)
/** How many requests came in each of the last seconds, since the page was opened. */
export const rates = signal<readonly RateBucket[]>([])

/** How many of the requests from before the page have no place there, as nobody knows when they came. */
export const unplacedCount = signal(0)

/** What was known when somebody paused; null: it goes on. */
export const paused = signal<KnownJournal | null>(null)
/** What is shown. */
export const shownJournal = computed(() => paused.value ?? known.value)
/** How many requests have come since. */
export const waitingCount = computed(() => {
  if (paused.value === null) return 0
  const last = paused.value.entries.at(-1)?.id ?? 0
  return known.value.entries.filter(({ id }) => id > last).length
})

export function togglePause (): void {
  paused.value = paused.peek() === null ? known.peek() : null
}

let hasBegun = false
/** Counts how often all that is known became worthless: an answer that was asked for before is then, too. */
let epoch = 0
let arrived: { entries: JournalEntry[], frames: FrameEntry[] } = { entries: [], frames: [] }
let samples: Sample[] = []
let isPlanned = false
let lastShown = 0
let isReading = false

/** Keeps the journal from the first time on that somebody shows it. */
export function useJournal (): void {
  useEffect(() => {
    if (hasBegun) return
    hasBegun = true
    onEvent(take)
    // What comes between an answer and the first event would be missing: it is read once the events arrive. What could not be read is, too.
    let isWanted = true
    connection.subscribe((state) => {
      if (state !== 'connected' || (!isWanted && loadError.peek() === undefined)) return
      isWanted = false
      load()
    })
    begun.then(() => { if (isWanted) load() }, () => {})
  }, [])
}

const bounds = (): JournalBounds => ({ count: Math.min(settings.peek()?.size ?? MOST_KEPT, MOST_KEPT), bytes: MOST_BYTES })

function take (event: LiveEvent | { readonly kind: 'frame' } & FrameEntry): void {
  if (event.kind === 'request') {
    const { kind: _kind, ...entry } = event
    arrived.entries.push(entry)
    samples.push(sampleOf(entry, Date.now()))
    plan()
  } else if (event.kind === 'frame') {
    const { kind: _kind, ...frame } = event
    arrived.frames.push(frame)
    plan()
  } else if (event.kind === 'journal') {
    if (settings.peek() !== undefined) settings.value = { ...settings.peek() as JournalSettings, answers: event.answers }
    if (event.what === 'cleared') forget()
  } else if (event.kind === 'missed') load()
}

/** Everything is gone, here, too; what is being read is read again. */
function forget (): void {
  epoch++
  arrived = { entries: [], frames: [] }
  hasOlder.value = false
  paused.value = null
  known.value = NOTHING_KNOWN
  if (isReading) load()
}

/** Shows what has arrived with the next picture. A page that is not seen draws none: of what comes then, the last is kept. */
function plan (): void {
  const most = 2 * bounds().count
  if (arrived.entries.length > most) arrived.entries = arrived.entries.slice(-most / 2)
  if (arrived.frames.length > most) arrived.frames = arrived.frames.slice(-most / 2)
  if (isPlanned || isReading) return
  isPlanned = true
  const draw = (): void => {
    isPlanned = false
    lastShown = performance.now()
    if (!isReading) show(known.peek())
  }
  // Nobody reads faster; what is drawn less often leaves time for scrolling and typing.
  setTimeout(() => { requestAnimationFrame(draw) }, Math.max(0, SHORTEST_PICTURE - (performance.now() - lastShown)))
}

function show (before: KnownJournal): void {
  known.value = addToJournal(before, arrived, bounds())
  arrived = { entries: [], frames: [] }
  if (samples.length > 0) rates.value = addSamples(rates.peek(), samples, Date.now())
  samples = []
}

/** Reads the last requests and frames, in the place of what is known: ids of an emulator that was started anew mean others. */
function load (): void {
  const mine = ++epoch
  isReading = true
  arrived = { entries: [], frames: [] }
  samples = []
  readAll().then(({ settings: read, clock, requests, frames }) => {
    if (mine !== epoch) return
    isReading = false
    countRead(requests, clock)
    settings.value = read
    hasOlder.value = requests.length === PAGE && read.size > PAGE
    loadError.value = undefined
    isLoaded.value = true
    paused.value = null
    show(addToJournal(NOTHING_KNOWN, { entries: requests, frames }, bounds()))
  }, (error: Error) => {
    if (mine !== epoch) return
    isReading = false
    loadError.value = error
  })
}

/** Counts those of the requests that were read that nobody has told of: they were there before the page, or came before the first event. */
function countRead (requests: readonly JournalEntry[], clock: ClockState): void {
  const counted = new Set([...known.peek().entries, ...arrived.entries].map(({ id }) => id))
  const placed = samplesOf(requests.filter(({ id }) => !counted.has(id)), clock, Date.now())
  samples = [...placed.samples, ...samples]
  if (!isLoaded.peek()) unplacedCount.value = placed.unplaced
}

async function readAll (): Promise<{ settings: JournalSettings, clock: ClockState, requests: JournalEntry[], frames: FrameEntry[] }> {
  const [settings, clock, { requests }, { frames }] = await Promise.all([
    read<JournalSettings>('/_emulator/requests/settings'),
    read<ClockState>('/_emulator/clock'),
    read<{ requests: JournalEntry[] }>(`/_emulator/requests?last=${PAGE}`),
    read<{ frames: FrameEntry[] }>(`/_emulator/requests/frames?last=${5 * PAGE}`)
  ])
  return { settings, clock, requests, frames }
}

let isReadingOlder = false

/** Reads the requests before the first one that is known. */
export async function loadOlder (): Promise<void> {
  const first = known.peek().entries[0]
  if (isReadingOlder || !hasOlder.peek() || first === undefined || paused.peek() !== null) return
  const mine = epoch
  isReadingOlder = true
  try {
    const { requests } = await read<{ requests: JournalEntry[] }>(`/_emulator/requests?last=${PAGE}&before=${first.id}`)
    if (mine !== epoch) return
    const { count } = bounds()
    hasOlder.value = requests.length === PAGE && known.peek().entries.length + PAGE < count
    known.value = addToJournal(known.peek(), { entries: requests, frames: [] }, bounds())
  } finally {
    isReadingOlder = false
  }
}

/** Reads one entry that is not among those that are known; undefined when the journal has it no more. */
export async function readEntry (id: number): Promise<JournalEntry | undefined> {
  const { requests: [entry] } = await read<{ requests: JournalEntry[] }>(`/_emulator/requests?after=${id - 1}&before=${id + 1}`)
  return entry
}
