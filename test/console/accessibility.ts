import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { run } from 'axe-core'
import { untilAllRead } from './all-read.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Looks at the page as it is, once all is read and nothing moves, with all rules of axe-core, and fails for each violation. */
export async function requireAccessible (t: Test, page: Page, message: string): Promise<void> {
  await loadAxe(page)
  await untilAllRead(page)
  // What is only half there has half its colour. One that is taken away ends by being cancelled.
  await page.evaluate(async () => { await Promise.allSettled(document.getAnimations().map(async ({ finished }) => await finished)) })
  const { violations } = await page.evaluate(async () => await (window as unknown as { axe: { run: typeof run } }).axe.run(document, { resultTypes: ['violations'] }))
  for (const { id, help, nodes } of violations) {
    t.fail(`${message}: ${id}: ${help}: ${nodes.map(({ html, any, all, none }) => `${html.slice(0, 160)} (${[...any, ...all, ...none][0]?.message ?? ''})`).join(', ')}`)
  }
  t.pass(message)
}

/** By the debugger, as the page's policy lets no script in. */
async function loadAxe (page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in window)) return
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: readFileSync(AXE, 'utf8') })
  await session.detach()
}
