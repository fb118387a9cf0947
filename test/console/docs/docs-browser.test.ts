import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { browserTest, openConsole, type Console } from '../browser.ts'

const SMALL = {
  titles: [{ titleId: 1234, name: 'My Game', serviceConfigId: '00000000-0000-0000-0000-0000000004d2', achievements: [{ id: 1, name: 'First light', rewards: [{ type: 'Gamerscore', value: '10' }] }] }],
  users: [{ xuid: '2533274790000001', gamertag: 'me' }],
  sessions: [{ userHash: 'my', token: 'token', xuid: '2533274790000001', titleId: 1234 }]
}

const WORLD_SHOWN = 'about the users, titles and tokens of the world'

/** Opens the page of the API at once: to draw it takes a while, so a test asks for several things of one. */
const openDocs = async (t: Test, options: Parameters<typeof openConsole>[1] = {}): Promise<Console> => await openConsole(t, { ...options, at: '_emulator/docs' })

/** An operation, by the id that it has in the document, which is in the address of the page. */
const operationOf = (page: Page, id: string) => page.locator(`.opblock[id$="-${id}"]`)

/** Waits until the page has the token of the world: an example that is sent earlier has none. It may have to be made first. */
const untilAuthorized = async (page: Page): Promise<void> => { await operationOf(page, 'listAchievements').getByRole('button', { name: 'authorization button locked', exact: true }).waitFor() }

/** Expands an operation and sends its example, as it stands there. @returns the status and the body that the page shows, and its line of curl. */
async function tryOut (page: Page, id: string): Promise<{ status: string, text: string, curl: string }> {
  const operation = operationOf(page, id)
  const summary = operation.locator('.opblock-summary-control').first()
  await summary.click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table')
  await answer.waitFor()
  const [status = ''] = (await answer.locator('.response-col_status').nth(1).innerText()).trim().split('\n')
  const shown = { status, text: await answer.innerText(), curl: await operation.locator('.curl').first().innerText() }
  // One that is open is drawn anew with everything that changes.
  await summary.click()
  return shown
}

browserTest('the first operation is answered 200 with two clicks, in the demo world; so are the ways to sign in', async (t) => {
  const { page } = await openConsole(t)
  await page.getByRole('link', { name: 'API' }).click()
  await untilAuthorized(page)
  const { status, text, curl } = await tryOut(page, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'Lantern Archipelago')
  t.match(curl, 'XBL3.0 x=demo;titleless')
  for (const id of ['authorize', 'exchangeCode', 'authenticateUser']) t.equal((await tryOut(page, id)).status, '200', id)
  await page.getByTitle('Back to the page').click()
  await page.getByRole('link', { name: 'API' }).waitFor()
})

browserTest('the examples are about the world that is served; with a control key, nothing of it is shown before that is given', async (t) => {
  const { page } = await openDocs(t, { world: SMALL, config: { controlKey: 'secret' }, expected: [/401/] })
  await page.getByRole('status').getByText('has a control key').waitFor()
  t.notMatch(await page.content(), 'my;token')
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  const key = page.locator('.modal-ux .auth-container', { hasText: 'controlKey' })
  const field = key.getByRole('textbox')
  await field.fill('wrong')
  await field.press('Enter')
  await page.getByRole('status').getByText('does not take').waitFor()
  await key.getByRole('button', { name: 'Remove authorization' }).click()
  await field.fill('secret')
  await field.press('Enter')
  await page.getByText(WORLD_SHOWN).waitFor()
  await untilAuthorized(page)
  const { status, text, curl } = await tryOut(page, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'First light')
  t.match(curl, /xuid\(2533274790000001\)[^]*XBL3\.0 x=my;token/)
  t.equal((await tryOut(page, 'updateAchievements')).status, '200', 'progress is reported, by the same token')
})

browserTest('where the world has no token, the page makes one', async (t) => {
  const { page, emulator } = await openDocs(t, { world: { ...SMALL, sessions: [] } })
  await untilAuthorized(page)
  const { status, text } = await tryOut(page, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'First light')
  const { sessions } = (await emulator.app.inject({ url: '/_emulator/sessions' })).json()
  t.match(sessions, [{ xuid: '2533274790000001', titleId: 1234, sandbox: 'RETAIL' }])
})
