import autocannon from 'autocannon'
import type { Browser } from 'playwright-core'
import { serviceConfigIdOf } from '../src/world/starting-world.ts'
import { frameCells, inMs, nameOf, openWindow, PAGE_PLACES, showHeap, TITLE, XUID } from './console-cases.ts'
import type { Server } from './server-process.ts'

/** What a game asks while the page is open. */
interface PageLoad { readonly name: string, readonly place: string, readonly amount: number, readonly rate?: number }

const [, ACHIEVEMENTS] = PAGE_PLACES
const RATE = 400
const SECONDS = 10

export const LOADS: readonly PageLoad[] = [
  ...PAGE_PLACES.map((place) => ({ name: `${RATE} a second`, place, amount: RATE * SECONDS, rate: RATE })),
  { name: '1000 at once', place: ACHIEVEMENTS, amount: 1000 },
  { name: '1000 at once', place: '#/users', amount: 1000 }
]

const SCID = serviceConfigIdOf(TITLE)
const HEADERS = { authorization: 'XBL3.0 x=load;token-0', 'x-xbl-contract-version': '2' }
let count = 0

/** A percent more on an achievement of the user whose page is open, each time another one; every second request reads one. */
function nextRequest (isUpdate: boolean): autocannon.Request {
  if (!isUpdate) return { method: 'GET', path: `/users/xuid(${XUID})/achievements/${SCID}/${count % 2000 + 1}`, headers: HEADERS }
  const body = { action: 'progressUpdate', serviceConfigId: SCID, titleId: TITLE, userId: XUID, achievements: [{ id: String(count % 2000 + 1), percentComplete: 1 + Math.floor(count / 2000) }] }
  return { method: 'POST', path: `/users/xuid(${XUID})/achievements/${SCID}/update`, headers: { ...HEADERS, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** So that there is something to see of the journal. */
export const fillJournal = async (url: string): Promise<void> => { await send({ name: '', place: '', amount: 500, rate: 1000 }, url) }

async function send ({ amount, rate }: PageLoad, url: string): Promise<void> {
  const requests = [{ setupRequest: (before: autocannon.Request) => ({ ...before, ...nextRequest(count++ % 2 === 0 || rate === undefined) }) }]
  await new Promise<void>((resolve, reject) => {
    autocannon({ url, connections: 4, amount, requests, ...rate !== undefined && { overallRate: rate } }, (error, result) => {
      if (error != null) reject(error)
      else if (result.errors + result['4xx'] + result['5xx'] > 0) reject(new Error(`${result.errors} requests failed, ${result['4xx'] + result['5xx']} were refused.`))
      else resolve()
    })
  })
}

/** The most requests of one path, and which. */
function mostAsked (asked: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const path of asked) counts.set(path, (counts.get(path) ?? 0) + 1)
  const [[path, most] = ['–', 0]] = [...counts].sort(([, a], [, b]) => b - a)
  return `${most} ${path.replace(/^\/_emulator/, '').replace(XUID, '…').replace(String(TITLE), '…')}`
}

/** How many requests the journal has had, as the last one's id says. */
const lastId = async (url: string): Promise<number> => ((await (await fetch(`${url}/_emulator/requests?last=1`)).json()) as { requests: Array<{ id: number }> }).requests[0]?.id ?? 0

export async function measureLoad ({ browser, server }: { browser: Browser, server: Server }, load: PageLoad): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const window = await openWindow(context, `${server.url}/${load.place}`)
  const { page } = window
  const [asked, first] = [window.asked.length, await lastId(server.url)]
  process.stderr.write(`${load.name}, ${nameOf(load.place)} …\n`)
  await page.evaluate('probe.record()')
  const before = performance.now()
  await send(load, server.url)
  const seconds = (performance.now() - before) / 1000
  const ended = performance.now()
  // The page agrees once it asks for nothing more.
  for (let quiet = -1; quiet !== window.asked.length;) {
    quiet = window.asked.length
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const agreed = performance.now() - ended - 500
  const recorded = await page.evaluate<{ frames: number[], tasks: number[] }>('probe.stop()')
  const own = window.asked.slice(asked)
  const row = [load.name, nameOf(load.place), String(await lastId(server.url) - first), String(own.length), (own.length / seconds).toFixed(1), mostAsked(own), ...frameCells(recorded), `${inMs(agreed)} ms`, await showHeap(window)]
  await context.close()
  return row
}
