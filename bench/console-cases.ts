import { join } from 'node:path'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { titleIdOf } from '../src/world/generate/generated-titles.ts'
import { median } from './table.ts'

/** The user and the title of the generated world that are looked at. */
export const [XUID, TITLE] = ['2533274800000000', titleIdOf(0)]
const ACHIEVEMENTS = `#/users/${XUID}/titles/${TITLE}`
export const PAGE_PLACES = ['#/users', ACHIEVEMENTS, '#/requests', '#/weather', '#/world'] as const

export const nameOf = (place: string): string => place === ACHIEVEMENTS ? 'a title' : place.slice(2)

/** What console-probe.js gives the window. */
interface Recorded { readonly frames: readonly number[], readonly tasks: readonly number[] }

const PROBE = join(import.meta.dirname, 'console-probe.js')
/** How long to wait for what the page will do, in ms. */
const PATIENCE = 60_000

/** A window that is measured, and what it asks. */
export interface MeasuredWindow {
  readonly page: Page
  readonly devtools: CDPSession
  /** The paths of what it has asked so far. */
  readonly asked: string[]
  /** Bytes that have come over the wire so far. */
  readonly bytes: () => number
}

export async function openWindow (context: BrowserContext, address: string): Promise<MeasuredWindow> {
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  await page.addInitScript({ path: PROBE })
  const devtools = await context.newCDPSession(page)
  await Promise.all([devtools.send('Network.enable'), devtools.send('Performance.enable')])
  let bytes = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength })
  const asked: string[] = []
  page.on('request', (request) => { asked.push(new URL(request.url()).pathname) })
  await page.goto(address)
  await page.evaluate('probe.firstRow')
  return { page, devtools, asked, bytes: () => bytes }
}

/** Until nothing more is asked; a stream of events stays open. */
const settle = async (page: Page): Promise<void> => { await page.evaluate('new Promise((done) => requestIdleCallback(() => setTimeout(done, 300)))') }

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0)
export const inMs = (value: number): string => value.toFixed(value < 100 ? 1 : 0)

/** Opens a place again and again: each time in a browser that has kept nothing, then in the same one once more. */
export async function measureOpening ({ browser, url, rounds }: { browser: Browser, url: string, rounds: number }, place: string): Promise<string[][]> {
  const seen = { cold: [] as number[][], warm: [] as number[][] }
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    for (const figures of [seen.cold, seen.warm]) {
      const { page, asked, bytes } = await openWindow(context, `${url}/${place}`)
      await settle(page)
      const times = await page.evaluate<number[]>('probe.firstRow.then((rows) => [performance.getEntriesByType("navigation")[0].responseEnd, probe.painted(), rows, Math.max(0, ...probe.tasksSoFar())])')
      figures.push([...times, asked.length, bytes()])
      await page.close()
    }
    await context.close()
  }
  return Object.entries(seen).map(([kind, figures]) => {
    const [answered = 0, painted = 0, rows = 0, task = 0, requests = 0, bytes = 0] = [0, 1, 2, 3, 4, 5].map((column) => median(figures.map((row) => row[column] as number)))
    return [nameOf(place), kind, inMs(answered), inMs(painted), inMs(rows), inMs(task), String(requests), kilobytes(bytes)]
  })
}

/** Something that a person does, as a script of the window that returns how long it took. */
interface Act { readonly name: string, readonly place: string, readonly script: string }

/** What tells one list from another: how long it is, and its first row. */
const SHOWN = '[document.querySelector("main [role=grid]")?.ariaRowCount, document.querySelector("main [data-index=\\"0\\"]")?.textContent].join()'
const changes = (act: string): string => `{ const before = ${SHOWN}; return await probe.until(() => { ${act} }, () => document.querySelector('main [data-index]') !== null && ${SHOWN} !== before) }`
const scrolls = (index: number, pixels: number): string => `{ const before = performance.now(); await probe.scrollTo(${index}, ${pixels}); return performance.now() - before }`

export const ACTS: readonly Act[] = [
  { name: 'filter 2000 achievements', place: ACHIEVEMENTS, script: changes('location.hash += "?state=locked"') },
  { name: 'sort 2000 achievements', place: ACHIEVEMENTS, script: changes('probe.fill("main select:has(option[value=Title])", "Title")') },
  { name: 'search 2000 achievements', place: ACHIEVEMENTS, script: changes('probe.fill("main input[type=search]", "tower")') },
  { name: 'scroll 2000 achievements', place: ACHIEVEMENTS, script: scrolls(1999, 120) },
  { name: 'search 100,000 users', place: '#/users', script: changes('probe.fill("main input[type=search]", "lunar")') },
  { name: 'search by XUID', place: '#/users', script: changes('probe.fill("main input[type=search]", "253327480000123")') },
  { name: 'scroll 5000 users', place: '#/users', script: scrolls(4999, 120) }
]

const heapOf = async ({ devtools }: MeasuredWindow): Promise<{ heap: number, nodes: number }> => {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes') }
}

export const showHeap = async (window: MeasuredWindow): Promise<string> => `${((await heapOf(window)).heap / 1e6).toFixed(1)} MB`

/** How smooth it was: how many frames, their length in ms, and the tasks of more than 50 ms. */
export function frameCells ({ frames, tasks }: Recorded): string[] {
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (share: number): string => inMs(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN)
  return [String(sorted.length), at(0.5), at(0.95), at(1), tasks.length === 0 ? '0' : `${tasks.length}, ${inMs(Math.max(...tasks))}`]
}

export async function measureAct ({ browser, url }: { browser: Browser, url: string }, { name, place, script }: Act): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const window = await openWindow(context, `${url}/${place}`)
  await settle(window.page)
  const before = await heapOf(window)
  const [asked, bytes] = [window.asked.length, window.bytes()]
  process.stderr.write(`${name} …\n`)
  await window.page.evaluate('probe.record()')
  const took = await window.page.evaluate<number>(`(async () => ${script})()`)
  const recorded = await window.page.evaluate<Recorded>('probe.stop()')
  const after = await heapOf(window)
  const row = [name, inMs(took), ...frameCells(recorded), `${(before.heap / 1e6).toFixed(1)} MB`, `${(after.heap / 1e6).toFixed(1)} MB`, String(after.nodes), String(window.asked.length - asked), kilobytes(window.bytes() - bytes)]
  await context.close()
  return row
}
