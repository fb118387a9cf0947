import type { Page } from 'playwright-core'
import { command } from '../../control/client.ts'
import { FRIEND, GAMER, listOf, STRANGER } from '../../helper.ts'
import { user } from '../../world-parts.ts'
import { requireAccessible } from '../accessibility.ts'
import { browserTest, openConsole, type Console } from '../browser.ts'
import { copyBy, watchCopied } from '../clipboard.ts'
import { until } from '../until.ts'

/** What Chromium writes of a gamertag that is another's. */
const REFUSED = [/status of 400/]

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const inDialog = (page: Page) => page.getByRole('dialog')
const worldOf = ({ emulator }: Console): ReturnType<typeof emulator.store.world.export> => emulator.store.world.export()
const userOf = (opened: Console, xuid: string) => worldOf(opened).users.find((each) => each.xuid === xuid)

/** By the button, as the key is there a moment after what it would take back. */
async function undo (page: Page): Promise<void> {
  await page.getByTitle(/^Undo: .* \(z\)$/).click()
}

/** Chooses a user's row by the keyboard: search, then down into the list. */
async function choose (page: Page, gamertag: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(gamertag)
  // On a slow machine the first letters are searched, too, and may find the same user.
  await page.waitForURL(({ hash }) => hash.endsWith(`?search=${gamertag}`))
  await page.getByRole('status').getByText(/^1 found$/).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('j')
}

browserTest('the users with what they have, and the place of one', async (t) => {
  const { page } = await openConsole(t)
  await rowOf(page, 'gamer').waitFor()
  t.strictSame(await page.getByRole('grid', { name: 'Users' }).getByRole('link').allInnerTexts(), ['banned', 'child', 'friend', 'gamer', 'stranger'])
  t.match(await rowOf(page, 'gamer').innerText(), /2533274790412952\s+585 G\s+6\s+1\s+friends only/)
  t.match(await rowOf(page, 'gamer').getByRole('meter').getAttribute('aria-label'), /^585 of [\d,]+ G in 6 titles$/)
  await rowOf(page, 'child').getByLabel('Signing in is refused: 2148916238, a child who is in no family').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/users\/2533274790412956$/)
})

browserTest('a search is in the address, by gamertag and by XUID', async (t) => {
  const { page, open } = await openConsole(t)
  await rowOf(page, 'gamer').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('GAM')
  await page.getByText('1 found').waitFor()
  await rowOf(page, 'gamer').waitFor()
  // A slow machine takes the pause after two letters for the end of the search: those find the same user.
  await page.waitForURL(/\?search=GAM$/)
  t.match(page.url(), /\?search=GAM$/)
  await page.getByRole('searchbox', { name: 'Search users' }).fill(FRIEND)
  await rowOf(page, 'friend').waitFor()
  await page.getByRole('searchbox', { name: 'Search users' }).fill('zzz')
  await page.getByText('No gamertag and no XUID begins with “zzz”.').waitFor()
  const other = await open('#/users?search=str')
  await rowOf(other, 'stranger').waitFor()
  t.equal(await other.getByRole('searchbox', { name: 'Search users' }).inputValue(), 'str')
})

browserTest('a user is added, and undo takes it away', async (t) => {
  const opened = await openConsole(t, { expected: REFUSED })
  const { page } = opened
  const before = worldOf(opened)
  await rowOf(page, 'gamer').waitFor()
  await page.keyboard.press('n')
  await page.keyboard.type('newcomer')
  await inDialog(page).getByRole('textbox', { name: /^XUID/ }).fill(GAMER)
  await page.keyboard.press('Enter')
  await inDialog(page).getByText('gamer has this XUID.').waitFor()
  await inDialog(page).getByRole('textbox', { name: /^XUID/ }).fill('77')
  await inDialog(page).getByLabel('Gamertag', { exact: false }).fill('Gamer')
  await inDialog(page).getByRole('button', { name: 'Add' }).click()
  await inDialog(page).getByText(`gamertag is "Gamer", which is user ${GAMER}'s; expected another.`).waitFor()
  t.strictSame(worldOf(opened), before)
  await inDialog(page).getByLabel('Gamertag', { exact: false }).fill('newcomer')
  await inDialog(page).getByLabel('Who may see').selectOption('nobody')
  await inDialog(page).getByRole('button', { name: 'Add' }).click()
  await rowOf(page, 'newcomer').waitFor()
  t.match(userOf(opened, '77'), { gamertag: 'newcomer', privacy: 'blocked' })
  await undo(page)
  await rowOf(page, 'newcomer').waitFor({ state: 'detached' })
  t.strictSame(worldOf(opened), before)
})

browserTest('users are deleted, and undo brings them back as they were', async (t) => {
  const opened = await openConsole(t)
  const { page } = opened
  const before = worldOf(opened)
  await rowOf(page, 'gamer').getByLabel('Select gamer').check()
  await rowOf(page, 'friend').getByLabel('Select friend').check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Deleted friend and gamer').waitFor()
  await rowOf(page, 'gamer').waitFor({ state: 'detached' })
  t.strictSame(worldOf(opened).users.map(({ gamertag }) => gamertag), ['stranger', 'child', 'banned'])
  await undo(page)
  await page.getByText('Undone: Deleted friend and gamer').waitFor()
  await rowOf(page, 'gamer').waitFor()
  t.strictSame(worldOf(opened), before)
  await choose(page, 'stranger')
  await page.keyboard.press('Delete')
  await page.getByText('Deleted stranger').waitFor()
  t.equal(userOf(opened, STRANGER), undefined)
  await page.getByTitle('Undo: Deleted stranger (z)').click()
  await page.getByText('Undone: Deleted stranger').waitFor()
  await rowOf(page, 'stranger').waitFor()
  t.strictSame(worldOf(opened), before)
})

browserTest('the privacy of several at once', async (t) => {
  const opened = await openConsole(t)
  const { page } = opened
  const before = worldOf(opened)
  await rowOf(page, 'gamer').getByLabel('Select gamer').check()
  await page.getByRole('button', { name: 'Select all that are loaded' }).click()
  await page.getByLabel('Who may see those who are selected').selectOption('nobody')
  await page.getByText('child and 2 others can be seen by nobody').waitFor()
  t.strictSame(new Set(worldOf(opened).users.map(({ privacy }) => privacy)), new Set(['blocked']))
  await undo(page)
  await page.getByText('Undone: child and 2 others').waitFor()
  t.strictSame(worldOf(opened), before)
  await page.getByRole('button', { name: 'None: select nobody' }).click()
  await page.getByRole('group', { name: 'Those who are selected' }).waitFor({ state: 'detached' })
})

browserTest('a user is changed: name, sign-in error, presence, profile', async (t) => {
  const opened = await openConsole(t, { expected: REFUSED })
  const { page } = opened
  const before = worldOf(opened)
  await rowOf(page, 'gamer').waitFor()
  await choose(page, 'stranger')
  await page.keyboard.press('c')
  await inDialog(page).getByLabel('Gamertag', { exact: false }).fill('gamer')
  await inDialog(page).getByRole('button', { name: 'Change', exact: true }).click()
  await inDialog(page).getByText(`gamertag is "gamer", which is user ${GAMER}'s; expected another.`).waitFor()
  await inDialog(page).getByLabel('Gamertag', { exact: false }).fill('strangest')
  await inDialog(page).getByLabel('Signing in').selectOption({ label: '2148916233: the account has no Xbox profile' })
  await inDialog(page).getByLabel('Presence').selectOption('Online')
  await inDialog(page).getByLabel('Doing').fill('Waiting')
  await inDialog(page).getByLabel('Bio').fill('<b>bold</b>')
  await inDialog(page).getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByText('Changed stranger').waitFor()
  t.match(userOf(opened, STRANGER), { gamertag: 'strangest', signInError: 2148916233, profile: { bio: '<b>bold</b>' }, presence: { state: 'Online', titles: [{ richPresence: 'Waiting' }] } })
  await undo(page)
  await page.getByText('Undone: Changed stranger').waitFor()
  t.strictSame(worldOf(opened), before)
})

browserTest('friends are added, made favourites and removed', async (t) => {
  const opened = await openConsole(t)
  const { page } = opened
  const before = worldOf(opened)
  const friends = () => { const { friends, favorites } = userOf(opened, GAMER) ?? {}; return { friends, favorites } }
  await rowOf(page, 'gamer').getByRole('button', { name: 'Friends of gamer' }).click()
  await inDialog(page).getByRole('link', { name: 'friend' }).waitFor()
  await inDialog(page).getByRole('combobox').fill('str')
  await inDialog(page).getByRole('option', { name: 'stranger' }).waitFor()
  await page.keyboard.press('Enter')
  await inDialog(page).getByRole('link', { name: 'stranger' }).waitFor()
  t.strictSame(friends(), { friends: [FRIEND, STRANGER], favorites: [FRIEND] })
  await inDialog(page).getByRole('button', { name: 'Favourite: stranger', pressed: false }).click()
  await inDialog(page).getByRole('button', { name: 'Favourite: stranger', pressed: true }).waitFor()
  t.strictSame(friends().favorites, [FRIEND, STRANGER])
  await inDialog(page).getByRole('button', { name: 'Remove friend' }).click()
  await inDialog(page).getByRole('link', { name: 'friend' }).waitFor({ state: 'detached' })
  t.strictSame(friends(), { friends: [STRANGER], favorites: [STRANGER] })
  await page.keyboard.press('Escape')
  for (const undone of ['gamer has removed friend', 'stranger is a favourite of gamer', 'gamer has added stranger']) {
    await undo(page)
    await page.getByText(`Undone: ${undone}`).waitFor()
  }
  t.strictSame(worldOf(opened), before)
})

browserTest('a token is found or made, copied and ended', async (t) => {
  const opened = await openConsole(t, { context: { permissions: ['clipboard-read', 'clipboard-write'] } })
  const { page, url, emulator } = opened
  const before = worldOf(opened)
  await rowOf(page, 'gamer').getByRole('button', { name: 'Tokens of gamer' }).click()
  await inDialog(page).getByRole('combobox', { name: /^Title/ }).selectOption({ value: '3051199919' })
  const isSaid = await watchCopied(t, page)
  t.equal(await copyBy(t, page, inDialog(page).getByRole('button', { name: 'Copy Authorization' })), 'XBL3.0 x=demo;gamer')
  await isSaid()
  t.strictSame(worldOf(opened), before, 'one that was there is taken')
  await inDialog(page).getByRole('textbox', { name: 'Country' }).fill('se')
  const line = await copyBy(t, page, inDialog(page).getByTitle('Copy a curl line'))
  await inDialog(page).getByText('title 3051199919 · RETAIL · SE').waitFor()
  const { userHash, token, ...claims } = worldOf(opened).sessions.at(-1) ?? { userHash: '', token: '' }
  t.strictSame(claims, { xuid: GAMER, titleId: 3051199919, sandbox: 'RETAIL', location: 'SE', thirdPartySite: false, expires: null })
  t.equal(line, `curl -H 'authorization: XBL3.0 x=${userHash};${token}' -H 'x-xbl-contract-version: 2' '${url}/users/xuid(${GAMER})/achievements?titleId=3051199919'`)
  t.equal((await emulator.get(listOf(GAMER), { session: `${userHash};${token}` })).statusCode, 200)
  await inDialog(page).getByRole('button', { name: 'End the token: title 3051199919 · RETAIL · SE' }).click()
  await inDialog(page).getByText('title 3051199919 · RETAIL · SE').waitFor({ state: 'detached' })
  t.equal((await emulator.get(listOf(GAMER), { session: `${userHash};${token}` })).statusCode, 401)
  await page.keyboard.press('Escape')
  await undo(page)
  await page.getByText('Undone: Ended a token').waitFor()
  t.equal((await emulator.get(listOf(GAMER), { session: `${userHash};${token}` })).statusCode, 200)
})

browserTest('a device that waits is approved or declined', async (t) => {
  const { page, url, emulator } = await openConsole(t)
  const ask = async (): Promise<string> => (await (await fetch(`${url}/oauth20_connect.srf`, { method: 'POST', body: new URLSearchParams({ client_id: 'my-app' }) })).json()).user_code
  const stateOf = (userCode: string) => { const { state, xuid } = emulator.store.deviceCodes.findByUserCode(userCode) ?? {}; return { state, xuid } }
  await rowOf(page, 'gamer').waitFor()
  await page.getByRole('banner').getByText('connected', { exact: true }).waitFor()
  const devices = page.getByRole('region', { name: 'Devices that wait for a person' })
  t.equal(await devices.count(), 0)
  const [first, second, third] = [await ask(), await ask(), await ask()]
  await devices.getByText(third).waitFor()
  await page.keyboard.press('j')
  await devices.getByRole('button', { name: 'Approve as banned' }).first().click()
  await devices.getByText(first).waitFor({ state: 'detached' })
  t.match(stateOf(first), { state: 'approved', xuid: '2533274790412956' })
  await devices.getByRole('combobox', { name: `Approve ${second} as` }).fill(GAMER)
  await devices.getByRole('option', { name: 'gamer' }).click()
  await devices.getByText(second).waitFor({ state: 'detached' })
  t.strictSame(stateOf(second), { state: 'approved', xuid: GAMER })
  await devices.getByRole('button', { name: `Decline ${third}` }).click()
  await devices.waitFor({ state: 'detached' })
  t.strictSame(stateOf(third), { state: 'declined', xuid: null })
  await devices.getByText(await ask()).waitFor()
  await command(emulator, 'PUT', '/clock', { offset: 'P1D' })
  await devices.waitFor({ state: 'detached' })
})

browserTest('a token that expires has ended as soon as the clock is there', async (t) => {
  const { page, emulator } = await openConsole(t)
  await rowOf(page, 'gamer').getByRole('button', { name: 'Tokens of gamer' }).click()
  await command(emulator, 'PUT', '/clock', { now: '2030-01-01T00:00:00.0000000Z' })
  await command(emulator, 'POST', '/sessions', { xuid: GAMER, location: 'SE', expires: '2030-01-01T00:00:01.0000000Z' })
  const token = inDialog(page).getByRole('listitem').filter({ hasText: 'SE' })
  await token.getByText(/^ends /).waitFor()
  await command(emulator, 'PUT', '/clock', { now: '2030-01-01T00:00:01.0000000Z' })
  await token.getByText(/^⊘ ended /).waitFor()
})

browserTest('thousands of users, page by page, and what another does meanwhile', async (t) => {
  const users = Array.from({ length: 1500 }, (_none, index) => user({ xuid: String(1000 + index), gamertag: `user ${1000 + index}` }))
  const { page, url, emulator } = await openConsole(t, { world: { users }, at: '#/weather' })
  // What was read before the first events is read again: as many users as are there by then.
  await page.getByRole('banner').getByText('connected', { exact: true }).waitFor()
  const asked: string[] = []
  page.on('request', (request) => { if (request.url().includes('/_emulator/users?')) asked.push(request.url()) })
  await page.goto(`${url}/#/users`)
  await rowOf(page, 'user 1000').waitFor()
  const grid = page.getByRole('grid', { name: 'Users' })
  await until(t, async () => await grid.getAttribute('aria-rowcount'), '1501')
  t.ok(await grid.getByRole('row').count() < 60, 'only what is seen is there')
  await page.keyboard.press('j')
  await page.keyboard.press('End')
  await rowOf(page, 'user 1100').waitFor()
  await page.keyboard.press('End')
  await rowOf(page, 'user 1199').waitFor()
  t.ok(asked.every((url) => url.includes('limit=100')), asked.join(' '))
  await rowOf(page, 'user 1150').waitFor({ state: 'detached' })
  emulator.run('user.put', { xuid: '1198', gamertag: 'user 1198 <b>renamed</b>', privacy: null, profile: null, signInError: null })
  await rowOf(page, 'user 1198 <b>renamed</b>').waitFor()
  emulator.run('user.delete', { xuid: '1198' })
  await rowOf(page, 'user 1198 <b>renamed</b>').waitFor({ state: 'detached' })
})

browserTest('in a narrow window a button has what can be done', async (t) => {
  const opened = await openConsole(t, { viewport: { width: 360, height: 740 } })
  const { page } = opened
  const before = worldOf(opened)
  await page.getByRole('button', { name: 'More for stranger' }).click()
  await inDialog(page).getByRole('button', { name: 'Friends' }).click()
  await inDialog(page).getByText('stranger has added nobody.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More for stranger' }).click()
  await inDialog(page).getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Deleted stranger').waitFor()
  t.equal(userOf(opened, STRANGER), undefined)
  await page.getByTitle('Undo: Deleted stranger (z)').click()
  await page.getByText('Undone: Deleted stranger').waitFor()
  t.strictSame(worldOf(opened), before)
})

browserTest('an empty world says how to begin', async (t) => {
  const { page } = await openConsole(t, { world: {} })
  await page.getByText('The world has no users: press n to add one.').waitFor()
})

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`axe-core finds nothing to complain about in the dialogs: ${colorScheme}`, async (t) => {
    const { page } = await openConsole(t, { colorScheme, context: { reducedMotion: 'reduce' } })
    await rowOf(page, 'gamer').getByLabel('Select gamer').check()
    await choose(page, 'gamer')
    for (const [key, shown] of [['t', 'title 3051199919 · RETAIL · US'], ['p', 'Whom gamer has added'], ['c', 'Where the user is'], ['n', 'this one is made up']] as const) {
      await page.keyboard.press(key)
      await inDialog(page).getByText(shown).first().waitFor()
      if (key === 'p') {
        await inDialog(page).getByRole('combobox').fill('s')
        await inDialog(page).getByRole('option').first().waitFor()
      }
      await requireAccessible(t, page, `${key}, wide`)
      await page.setViewportSize({ width: 360, height: 740 })
      await page.getByTitle('More for gamer').waitFor()
      await requireAccessible(t, page, `${key}, narrow`)
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.getByTitle('Tokens of gamer (t)').waitFor()
      // Of a list of what can be picked first, then of the dialog.
      if (key === 'p') await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await inDialog(page).waitFor({ state: 'detached' })
    }
  })
}
