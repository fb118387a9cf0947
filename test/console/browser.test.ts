import type { Test } from 'tap'
import { requireAccessible } from './accessibility.ts'
import { browserTest, openConsole, type Console } from './browser.ts'
import { until } from './until.ts'

/** Opens the page for a test that takes what fails, so that it can be looked at. */
async function openFailing (t: Test): Promise<Console & { failures: string[] }> {
  const failures: string[] = []
  const taking = { teardown: (end: () => unknown) => { t.teardown(end) }, fail: (message: string) => { failures.push(message) } }
  return Object.assign(await openConsole(taking as unknown as Test), { failures })
}

browserTest('what goes wrong in a window fails the test', async (t) => {
  const { page, url, failures, errors, elsewhere } = await openFailing(t)
  const last = async (words: RegExp): Promise<void> => { await until(t, () => failures.some((failure) => words.test(failure)), true, String(words)) }
  await page.evaluate(() => { setTimeout(() => { throw new Error('nobody catches it') }) })
  await last(/^in the browser: Error: nobody catches it/)
  await page.evaluate(() => { Promise.reject(new Error('nobody waits for it')).finally(() => {}) })
  await last(/^in the browser: Error: nobody waits for it/)
  await page.evaluate(() => { console.error('it is said') })
  await last(/^in the browser: console: it is said/)
  await page.evaluate(() => {
    const element = document.createElement('p')
    element.setAttribute('style', 'color: red')
    document.body.append(element)
  })
  await last(/^in the browser: violation of style-src-attr: inline/)
  await page.evaluate(async () => { await fetch('/_emulator/nothing') })
  await last(/^in the browser: console: Failed to load resource: the server responded with a status of 404 \(Not Found\)/)
  await page.evaluate(() => { setTimeout(() => { window.alert('by a dialog') }) })
  await last(/^in the browser: a alert of the browser: by a dialog$/)
  await page.evaluate(async () => { await fetch('https://example.com/').catch(() => {}) })
  await last(/^in the browser: violation of connect-src: https:\/\/example.com\//)
  t.strictSame(elsewhere, [])
  await page.goto('https://example.com/').catch(() => {})
  await last(/^in the browser: a request elsewhere: https:\/\/example.com\/$/)
  t.strictSame(elsewhere, ['https://example.com/'])
  t.strictSame(errors.map((error) => `in the browser: ${error}`), failures)
  t.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
})

browserTest('what is expected does not', async (t) => {
  const { page, errors, expect } = await openConsole(t, { expected: [/status of 404/] })
  expect(/on purpose/)
  await page.evaluate(async () => { await fetch('/_emulator/nothing') })
  await page.evaluate(() => { console.error('on purpose') })
  await until(t, () => errors.length, 2)
})

browserTest('pictures elsewhere are answered, and listed', async (t) => {
  const { page, elsewhere } = await openConsole(t)
  t.equal(await page.evaluate(async () => await new Promise((resolve) => {
    const image = new Image()
    image.onload = () => { resolve(image.naturalWidth) }
    image.src = 'https://images.example.com/a.png'
  })), 1)
  t.strictSame(elsewhere, ['https://images.example.com/a.png'])
})

browserTest('axe-core is asked', async (t) => {
  const { page } = await openConsole(t)
  await page.getByText('stranger', { exact: true }).waitFor()
  const failures: string[] = []
  await page.evaluate(() => { document.body.append(document.createElement('button')) })
  await requireAccessible({ fail: (found: string) => { failures.push(found) }, pass: () => {} } as unknown as Test, page, 'a button')
  t.match(failures, [/^a button: button-name: /])
})
