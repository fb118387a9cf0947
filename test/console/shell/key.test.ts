import type { Page } from 'playwright-core'
import { browserTest, openConsole } from '../browser.ts'
import { until } from '../until.ts'

const KEY = 'a-key-of-16-characters'
/** What a browser writes to its console of an answer without the key. */
const UNAUTHORIZED = [/status of 401/]

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Control key' })
const untilConnected = async (page: Page): Promise<void> => { await page.getByRole('status').getByText('connected', { exact: true }).waitFor() }

async function giveKey (page: Page, key: string): Promise<void> {
  await dialogOf(page).getByLabel(/^Key/).fill(key)
  await page.keyboard.press('Enter')
}

browserTest('the control key is asked for once, and kept for the tab', async (t) => {
  const { page, open, emulator } = await openConsole(t, { config: { controlKey: KEY }, expected: UNAUTHORIZED })
  const asked: string[] = []
  page.context().on('request', (request) => { asked.push(`${request.url()} ${request.headers().authorization ?? ''}`) })
  await dialogOf(page).waitFor()
  t.equal(await page.locator('*:focus').getAttribute('name'), 'key', 'the field has the focus')
  await giveKey(page, 'another-key')
  await dialogOf(page).getByText('This is not the key of this emulator.').waitFor()
  await giveKey(page, KEY)
  await untilConnected(page)
  t.equal(await dialogOf(page).count(), 0)
  await page.getByRole('link', { name: 'World' }).click()
  await page.getByRole('link', { name: 'Weather' }).click()
  await page.reload()
  await untilConnected(page)
  t.equal(await dialogOf(page).count(), 0, 'it is kept on reload')
  t.strictSame(asked.filter((line) => line.split(' ')[0]?.includes('key')), [], 'it is in no address')
  t.strictSame(await page.evaluate(() => Object.values(localStorage)).then((values) => values.filter((value) => value.includes('key-of'))), [])
  t.equal(await page.evaluate(() => document.cookie), '')
  t.equal((await page.content()).includes(KEY), false, 'it is in no text of the page')

  const other = await open('#/world')
  await dialogOf(other).waitFor()
  t.strictSame(await other.evaluate(() => sessionStorage.length), 0, 'another tab has none')
  t.notMatch((await emulator.app.inject({ url: '/_emulator/requests', headers: { authorization: `Bearer ${KEY}` } })).body, KEY, 'nor in the journal')
})

browserTest('who has no key can close the question, and give the key later', async (t) => {
  const { page } = await openConsole(t, { config: { controlKey: KEY }, expected: UNAUTHORIZED })
  await dialogOf(page).waitFor()
  await page.keyboard.press('Escape')
  await until(t, async () => await dialogOf(page).count(), 0)
  await page.getByRole('button', { name: 'Give the key' }).click()
  await giveKey(page, KEY)
  await untilConnected(page)
})
