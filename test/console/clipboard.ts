import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { until } from './until.ts'

const readClipboard = async (page: Page): Promise<string> => await page.evaluate(async () => await navigator.clipboard.readText())

/**
 * What a button copies. The button says only for a moment that it has: a slow test would come too late to see that.
 * The window needs the permissions `clipboard-read` and `clipboard-write`.
 */
export async function copyBy (t: Test, page: Page, button: Locator): Promise<string> {
  await page.evaluate(async () => { await navigator.clipboard.writeText('') })
  await button.click()
  await until(t, async () => await readClipboard(page) !== '', true, 'something is copied')
  return await readClipboard(page)
}

/** Notes from now on whether a button says that it has copied. @returns waits for that. */
export async function watchCopied (t: Test, page: Page): Promise<() => Promise<void>> {
  const seen = await page.evaluateHandle(() => {
    const seen = { words: false, status: false }
    new MutationObserver(() => {
      const texts = [...document.querySelectorAll('button, [role=status]')].map(({ textContent }) => textContent)
      seen.words ||= texts.includes('✓ Copied')
      seen.status ||= texts.includes('Copied')
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  })
  return async () => { await until(t, async () => await seen.jsonValue(), { words: true, status: true }, 'it is said that something is copied') }
}
