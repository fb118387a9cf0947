import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { browserTest, openConsole, type Console } from '../browser.ts'

const SMALL = {
  titles: [{ titleId: 1234, name: 'My Game', serviceConfigId: '00000000-0000-0000-0000-0000000004d2', achievements: [{ id: 1, name: 'First light', rewards: [{ type: 'Gamerscore', value: '10' }] }] }],
  users: [{ xuid: '2533274790000001', gamertag: 'me' }],
  sessions: [{ userHash: 'my', token: 'token', xuid: '2533274790000001', titleId: 1234 }]
}

/** Opens the page of the API by the link of the page. */
async function openDocs (t: Test, options: Parameters<typeof openConsole>[1] = {}): Promise<Console> {
  const opened = await openConsole(t, options)
  await opened.page.getByRole('link', { name: 'API' }).click()
  await opened.page.locator('.opblock').first().waitFor()
  return opened
}

/** An operation, by the id that it has in the document, which is in the address of the page. */
const operationOf = (page: Page, id: string) => page.locator(`.opblock[id$="-${id}"]`)

/** Expands an operation and sends its example, as it stands there. @returns the status and the body that the page shows. */
async function tryOut (page: Page, id: string): Promise<{ status: string, text: string }> {
  const operation = operationOf(page, id)
  await operation.locator('.opblock-summary-control').first().click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table')
  await answer.waitFor()
  return { status: (await answer.locator('.response-col_status').nth(1).innerText()).trim().split('\n')[0] ?? '', text: await answer.innerText() }
}

browserTest('the first operation is answered 200 with two clicks, in the demo world', async (t) => {
  const { page } = await openDocs(t)
  const { status, text } = await tryOut(page, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'Lantern Archipelago')
  t.match(await page.locator('.curl').first().innerText(), 'XBL3.0 x=demo;titleless')
  await page.getByTitle('Back to the page').click()
  await page.getByRole('link', { name: 'API' }).waitFor()
})

browserTest('the examples are about the world that is served', async (t) => {
  const { page } = await openDocs(t, { world: SMALL })
  const { status, text } = await tryOut(page, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'First light')
  t.match(await page.locator('.curl').first().innerText(), /xuid\(2533274790000001\)[^]*XBL3\.0 x=my;token/)
  t.equal((await tryOut(page, 'updateAchievements')).status, '200', 'progress is reported, by the same token')
})

browserTest('where the world has no token, the page makes one', async (t) => {
  const { page, emulator } = await openDocs(t, { world: { ...SMALL, sessions: [] } })
  const { status, text } = await tryOut(page, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'First light')
  const { sessions } = (await emulator.app.inject({ url: '/_emulator/sessions' })).json()
  t.match(sessions, [{ xuid: '2533274790000001', titleId: 1234, sandbox: 'RETAIL' }])
})

browserTest('with a control key nothing of the world is shown before it is given', async (t) => {
  const { page, url, context } = await openConsole(t, { world: SMALL, config: { controlKey: 'secret' }, expected: [/401/] })
  t.ok(page)
  const docs = await context.newPage()
  await docs.goto(`${url}/_emulator/docs`)
  await docs.getByRole('status').getByText('has a control key').waitFor()
  t.notMatch(await docs.content(), 'my;token')
  await docs.getByRole('button', { name: 'Authorize' }).first().click()
  const dialog = docs.locator('.modal-ux')
  const field = dialog.locator('.auth-container', { hasText: 'controlKey' }).getByRole('textbox')
  await field.fill('wrong')
  await field.press('Enter')
  await docs.getByRole('status').getByText('does not take').waitFor()
  await dialog.locator('.auth-container', { hasText: 'controlKey' }).getByRole('button', { name: 'Remove authorization' }).click()
  await field.fill('secret')
  await field.press('Enter')
  await docs.getByText('about the users, titles and tokens of the world').waitFor()
  const { status, text } = await tryOut(docs, 'listAchievements')
  t.equal(status, '200')
  t.match(text, 'First light')
})

browserTest('the ways to sign in are answered, and where they lead to is shown', async (t) => {
  const { page } = await openDocs(t)
  for (const id of ['authorize', 'exchangeCode', 'authenticateUser']) {
    t.equal((await tryOut(page, id)).status, '200', id)
    // One that is open takes long to draw.
    await operationOf(page, id).locator('.opblock-summary-control').first().click()
  }
})
