import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { command, worldText } from '../../control/client.ts'
import { GAMER } from '../../helper.ts'
import { browserTest, openConsole } from '../browser.ts'
import { until } from '../until.ts'

const MARKUP = '<img src=x onerror=alert(1)>'
const jsonFile = (name: string, content: unknown) => ({ name, mimeType: 'application/json', buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) })
const choose = async (page: Page, ...files: Array<ReturnType<typeof jsonFile>>): Promise<void> => { await page.getByLabel('Files to import').setInputFiles(files) }
const usersOf = async (emulator: Parameters<typeof command>[0]): Promise<number> => (await command(emulator, 'GET', '/about')).world.users

browserTest('a file is previewed, merged, and taken back', async (t) => {
  const { page, emulator, errors } = await openConsole(t, { at: '#/world' })
  const before = await worldText(emulator)
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  await choose(page, jsonFile('new.json', { users: [{ xuid: '5', gamertag: MARKUP }, { xuid: GAMER, privacy: 'blocked' }] }))
  await page.getByRole('status').getByText('1 user added, 1 user changed.').waitFor()
  await page.getByRole('list', { name: 'Changes' }).getByText(MARKUP).waitFor()
  t.equal(await worldText(emulator), before)
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  t.equal(await usersOf(emulator), 6)
  await page.keyboard.press('z')
  await page.getByText('Undone: Merged new.json').first().waitFor()
  t.equal(await worldText(emulator), before)
  t.strictSame((await command(emulator, 'GET', '/world/differences')).differences, [])
  t.strictSame(errors, [])
})

browserTest('another world asks with what is lost in numbers', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world' })
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  await choose(page, jsonFile('own.json', { users: [{ xuid: '5', gamertag: 'five' }] }))
  await page.getByRole('radio', { name: 'Replace' }).check()
  await page.getByText(/^Lost: 8 titles removed, 71 achievements removed, 5 users removed/).waitFor()
  await page.getByRole('button', { name: 'Replace the world' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  t.match(await command(emulator, 'GET', '/about'), { source: 'own.json', world: { titles: 0, users: 1 } })
  await page.getByText('own.json', { exact: true }).waitFor()
})

browserTest('what was found for one choice is not shown for the other', async (t) => {
  const { page } = await openConsole(t, { at: '#/world' })
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  const releases: Array<() => void> = []
  await page.route('**/_emulator/world/import', async (route) => {
    await new Promise<void>((resolve) => { releases.push(resolve) })
    await route.continue()
  })
  await choose(page, jsonFile('own.json', { users: [{ xuid: '5', gamertag: 'five' }] }))
  await until(t, () => releases.length, 1, 'is looked at as a merge')
  await page.getByRole('radio', { name: 'Replace' }).check()
  releases[0]?.()
  await until(t, () => releases.length, 2, 'is looked at as another world')
  t.equal(await page.getByRole('button', { name: 'Replace the world' }).isDisabled(), true)
  t.equal(await page.getByRole('list', { name: 'Changes' }).count(), 0)
  releases[1]?.()
  await page.getByText(/^Lost: 8 titles removed/).waitFor()
})

browserTest('problems are said with file and place, whatever is chosen', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world' })
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  const before = await worldText(emulator)
  const cases: ReadonlyArray<readonly [ReturnType<typeof jsonFile>, RegExp]> = [
    [jsonFile(`${MARKUP}.json`, '{"users":['), /not JSON/],
    [jsonFile('wrong.json', { users: [{ xuid: GAMER, privacy: MARKUP }] }), /wrong\.json: \/users\/0\/privacy: found "<img src=x onerror=alert\(1\)>"/],
    [{ ...jsonFile('latin.json', ''), buffer: Buffer.from([0x7B, 0xE4, 0x7D]) }, /latin\.json:1:2: found bytes that are not UTF-8/],
    [{ ...jsonFile('a.zip', ''), buffer: Buffer.from('PK\u0003\u0004') }, /a\.zip: found a zip archive.*unpack it/],
    [jsonFile('notes.txt', 'x'), /notes\.txt: found no world/]
  ]
  for (const [file, message] of cases) {
    await choose(page, file)
    await page.getByRole('alert').getByText(message).waitFor()
    t.equal(await page.getByRole('button', { name: 'Merge', exact: true }).isDisabled(), true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  t.equal(await worldText(emulator), before)
})

browserTest('files that are dropped are taken; Partner Center\'s documents ask for what they do not say', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world' })
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  const texts = ['achievements2017.xml', 'localization.xml'].map((name) => [name, readFileSync(`fixtures/partner-center/${name}`, 'utf8')])
  const transfer = await page.evaluateHandle((files) => {
    const data = new DataTransfer()
    for (const [name, text] of files) data.items.add(new File([text as string], name as string))
    return data
  }, texts)
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer })
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
  await page.getByLabel('Title id').fill('0x4B4E01A7')
  await page.getByLabel('Service configuration').fill('8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7')
  await page.getByLabel('Name').fill('Kites')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('status').getByText(/1 title added/).waitFor()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  t.equal((await command(emulator, 'GET', '/titles/1263403431')).name, 'Kites')
})

browserTest('differences are listed live, filtered, and taken back by a reset that can be undone', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world/differences' })
  await page.getByText('The world is as it was at the start.').waitFor()
  await command(emulator, 'PUT', '/users/77', { gamertag: MARKUP })
  await command(emulator, 'PUT', '/users/gamer/privacy', { privacy: 'blocked' })
  const grid = page.getByRole('grid', { name: 'Differences from the start' })
  await grid.getByText(MARKUP).waitFor()
  await grid.getByText('privacy: friendsOnly → blocked').waitFor()
  await command(emulator, 'PUT', '/users/gamer/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/11', { timeUnlocked: '2020-06-01T10:20:30.1234567Z' })
  t.match(await grid.getByTitle('unlocked 2020-06-01T10:20:30.1234567Z').innerText(), /unlocked 01\/06\/2020, 12:20:30$/)
  const changed = await worldText(emulator)
  const search = page.getByRole('searchbox', { name: 'Of a user' })
  await search.fill('gamer')
  // What comes while somebody types leaves the field as it is.
  await command(emulator, 'PUT', '/users/gamer/privacy', { privacy: 'everyone' })
  await grid.getByText('privacy: friendsOnly → everyone').waitFor()
  t.equal(await search.inputValue(), 'gamer')
  await command(emulator, 'PUT', '/users/gamer/privacy', { privacy: 'blocked' })
  await grid.getByText('privacy: friendsOnly → blocked').waitFor()
  await search.press('Enter')
  await grid.getByText(MARKUP).waitFor({ state: 'detached' })
  t.match(page.url(), /user=gamer$/)
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByRole('dialog').getByText('1 user is deleted').waitFor()
  await page.getByRole('button', { name: 'Reset the world' }).click()
  await page.getByText('The world is as at the start').first().waitFor()
  t.equal(await usersOf(emulator), 5)
  await page.keyboard.press('z')
  await page.getByText('Undone: The world is as at the start').first().waitFor()
  t.equal(await worldText(emulator), changed)
})

browserTest('everything goes back when it is asked for', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world' })
  await command(emulator, 'POST', '/faults', { status: 503 })
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByRole('checkbox').check()
  await page.getByText('This cannot be undone').waitFor()
  await page.getByRole('button', { name: 'Reset everything' }).click()
  await page.getByText('Everything is as at the start').first().waitFor()
  t.strictSame((await command(emulator, 'GET', '/faults')).faults, [])
})

browserTest('users are generated', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world' })
  await page.getByRole('button', { name: 'Generate users' }).or(page.getByRole('button', { name: 'Add users' })).click()
  await page.getByLabel('How many').fill('7')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('status').getByText(/7 users added/).waitFor()
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  await page.getByText('Generated 7 users').first().waitFor()
  t.equal(await usersOf(emulator), 12)
})

browserTest('the world is saved as a file', async (t) => {
  const { page, emulator } = await openConsole(t, { at: '#/world', config: {} })
  await page.getByRole('heading', { name: 'Where and how' }).waitFor()
  const download = page.waitForEvent('download')
  await page.keyboard.press('x')
  const saved = await download
  t.equal(saved.suggestedFilename(), 'world.json')
  t.equal(readFileSync(await saved.path(), 'utf8'), await worldText(emulator))
})

browserTest('the certificate is saved as it is served, without the key that lies beside it', async (t) => {
  const { emulator, open } = await openConsole(t)
  const trust = join(t.testdir(), 'own.pem')
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  writeFileSync(trust, `-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n${certificate}`)
  emulator.emulator.addresses.https = { url: 'https://127.0.0.1:5443', trust }
  const page = await open('#/world')
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download PEM' }).click()])
  t.equal(saved.suggestedFilename(), 'xbl-achievements-ca.pem')
  const text = readFileSync(await saved.path(), 'utf8')
  t.equal(text, certificate)
  t.equal(text, (await emulator.app.inject('/_emulator/ca.pem')).body)
})

browserTest('a title is shown as it is defined, with its texts in every locale', async (t) => {
  const { page } = await openConsole(t, { at: '#/world/titles' })
  await page.getByRole('link', { name: 'Lantern Archipelago', exact: true }).click()
  await page.getByRole('heading', { name: 'Lantern Archipelago' }).waitFor()
  await page.getByRole('searchbox', { name: 'Find achievements' }).fill('sea legs')
  await page.getByRole('grid', { name: 'Achievements' }).getByText('Sea Legs').click()
  await page.getByRole('region', { name: 'Achievement 3' }).getByText('99390e62-637e-4b73-bb26-fa6ff5b5bb1a').waitFor()
  t.match(page.url(), /#\/world\/titles\/1660944384\?search=sea(\+|%20)legs&id=3$/)
  t.ok(await page.getByRole('region', { name: 'Achievement 3' }).getByRole('row').count() > 2)
})

browserTest('clients have lines with this emulator\'s address and a token of this world', async (t) => {
  const { page, url, emulator } = await openConsole(t, { at: '#/world/clients' })
  const line = await page.getByRole('region', { name: 'curl' }).locator('pre').first().textContent()
  t.match(line, `'${url}/users/xuid(`)
  t.match(line, /Authorization: XBL3\.0 x=\S+;\S+'/)
  await page.getByRole('button', { name: 'C++, GDK (XSAPI)' }).click()
  // The demo world's first two by their names cannot sign in.
  await page.getByText(/--unknown-tokens gamer$/).waitFor()
  await page.getByRole('button', { name: 'Real-time activity' }).click()
  await page.getByText('/users/xuid(2533274790412952)/achievements/b5dd9daf-0000-0000-0000-000000000000').waitFor()
  await page.getByRole('button', { name: 'Hosts file' }).click()
  await page.getByText(/^127\.0\.0\.1 achievements\.xboxlive\.com /).waitFor()
  t.match(page.url(), /client=hosts$/)
  await command(emulator, 'PUT', '/world', { users: [{ xuid: '1', gamertag: 'ann' }] })
  await page.getByRole('button', { name: 'Make one for ann' }).click()
  await page.getByText('This world has no token yet.').waitFor({ state: 'detached' })
  t.equal((await command(emulator, 'GET', '/sessions')).sessions.length, 1)
})
