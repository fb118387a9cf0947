import type { Page } from 'playwright-core'
import { command } from '../../control/client.ts'
import { untilAllRead } from '../all-read.ts'
import { browserTest, openConsole } from '../browser.ts'
import { goToPlace } from '../places.ts'
import { until } from '../until.ts'

/** Texts that do something where they are taken for markup, or for an address that is followed. */
const SCRIPT = '<script>window.hit=1</script>'
const HOSTILE = `"'><img src=x onerror="window.hit=1">${SCRIPT}<svg onload=window.hit=1>{{7*7}}\${window.hit=1}`
const ADDRESSES = ['javascript:window.hit=1', 'data:text/html,<script>parent.hit=1</script>', 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="parent.hit=1"/>', 'vbscript:msgbox(1)', 'file:///etc/passwd', 'blob:x', '//elsewhere.example/x.png', 'x onerror=window.hit=1']

const [XUID, OTHER, SCID, TITLE] = ['2533274790412901', '2533274790412902', '11111111-0000-0000-0000-000000000001', 4242]

const achievement = (id: number, address: string): object => ({
  id,
  name: `${HOSTILE}${id}`,
  description: HOSTILE,
  lockedDescription: HOSTILE,
  isSecret: id % 3 === 0,
  deeplink: address,
  mediaAssets: [{ name: HOSTILE, type: 'Icon', url: address }],
  rewards: [{ name: HOSTILE, description: HOSTILE, type: 'InApp', value: HOSTILE, mediaAsset: { name: HOSTILE, type: 'Icon', url: address } }, { type: 'Gamerscore', value: '10', name: HOSTILE, description: HOSTILE }],
  estimatedTime: '06:12:14'
})

/** A world whose every text is hostile, or at its limits. */
const WORLD = {
  titles: [
    { titleId: TITLE, name: HOSTILE, version: HOSTILE, titleType: HOSTILE, platform: HOSTILE, platforms: [HOSTILE], serviceConfigId: SCID, public: true, achievements: ADDRESSES.map((address, index) => achievement(index + 1, address)) },
    { titleId: 4243, name: '‮‏right to left​', serviceConfigId: SCID.replace(/1$/, '2'), achievements: [{ id: 1, name: 'x'.repeat(10_000), rewards: [] }, { id: 2, name: '​', rewards: [] }] }
  ],
  users: [
    { xuid: XUID, gamertag: HOSTILE, friends: [OTHER], favorites: [OTHER], titles: [{ titleId: TITLE, lastPlayed: '2020-01-01T00:00:00Z' }], achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00Z' }, { serviceConfigId: SCID, id: 2, percentComplete: 50 }] },
    { xuid: OTHER, gamertag: '‮​' + 'x'.repeat(500), presence: { titles: [{ titleId: TITLE, richPresence: HOSTILE }] } }
  ],
  sessions: [{ userHash: '<svg', token: '"><script>window.hit=1</script>', xuid: XUID, titleId: TITLE }]
}

/** Fails when something has run, when there is an element that a text has made, or an address that must not be followed. */
async function findHarm (page: Page): Promise<string[]> {
  return await page.evaluate(() => [
    ...'hit' in window ? ['a text has run'] : [],
    ...document.querySelectorAll('[onerror], [onload], [onclick], script:not([src]), iframe, object, embed, base, svg[onload]').length > 0 ? ['a text has made an element'] : [],
    ...Array.from(document.querySelectorAll<HTMLImageElement>('img')).filter(({ src }) => src !== '' && !/^https?:/.test(src)).map(({ src }) => `picture ${src}`),
    ...Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]')).filter(({ href }) => !/^(https?|blob):/.test(href)).map(({ href }) => `link ${href}`)
  ])
}

browserTest('every text of a world, of requests and of answers is text', async (t) => {
  const { page, emulator, url, elsewhere } = await openConsole(t, { world: WORLD, expected: [/status of 4\d\d/] })
  await command(emulator, 'PUT', '/requests/settings', { answers: true })

  await command(emulator, 'POST', '/faults', { path: `/users/xuid(${OTHER})/achievements`, status: 503, body: HOSTILE, headers: { 'x-hostile': HOSTILE } })
  const asked = [`/users/xuid(${OTHER})/achievements`, `/${encodeURIComponent(HOSTILE)}`, `/users/xuid(${XUID})/achievements?x=${encodeURIComponent(HOSTILE)}`, `/users/xuid(${XUID})/achievements?maxItems=${encodeURIComponent(SCRIPT)}`, '/users/%3Cimg%20src=x%20onerror=window.hit=1%3E/achievements']
  for (const path of asked) await emulator.app.inject({ url: path, headers: { authorization: 'XBL3.0 x=<svg;"><script>window.hit=1</script>', 'x-xbl-contract-version': '2', 'user-agent': HOSTILE, 'accept-language': SCRIPT, 'x-hostile': HOSTILE } })
  await emulator.app.inject({ method: 'POST', url: `/users/xuid(${XUID})/achievements/${SCID}/update`, headers: { authorization: 'XBL3.0 x=<svg;"><script>window.hit=1</script>' }, payload: { achievements: [{ id: HOSTILE }], serviceConfigId: HOSTILE } })
  for (const fragment of ['#/users', `#/users?search=${encodeURIComponent(HOSTILE)}`, `#/users/${XUID}`, `#/users/${OTHER}`, `#/users/${XUID}/titles/${TITLE}`, `#/users/${XUID}/titles/4243`, `#/users/${encodeURIComponent(HOSTILE)}`, '#/requests', '#/weather', '#/world']) {
    await goToPlace(page, fragment)
    for (const row of await page.getByRole('main').getByRole('row').all()) {
      if (await row.isVisible() && await row.getByRole('gridcell').count() > 0) await row.getByRole('gridcell').first().click({ position: { x: 2, y: 2 }, trial: true }).catch(() => {})
    }
    // The rows that are seen now have asked for names and pictures.
    await untilAllRead(page)
    t.strictSame(await findHarm(page), [], fragment.slice(0, 60))
  }
  t.strictSame(elsewhere.filter((address) => !address.startsWith('http')), [])
  t.equal(new URL(page.url()).origin, url)
  await until(t, async () => (await page.title()).includes('World'), true)
})

browserTest('the details of each request are text, too', async (t) => {
  const { page, emulator } = await openConsole(t, { world: WORLD, at: '#/requests', expected: [/status of 4\d\d/] })
  await command(emulator, 'PUT', '/requests/settings', { answers: true })
  for (const path of [`/${encodeURIComponent(HOSTILE)}`, `/users/xuid(${XUID})/achievements?maxItems=${encodeURIComponent(SCRIPT)}`]) {
    await emulator.app.inject({ url: path, headers: { 'user-agent': HOSTILE, 'x-hostile': HOSTILE } })
  }
  const { requests } = await command(emulator, 'GET', '/requests')
  for (const { id } of requests) {
    await goToPlace(page, `#/requests?id=${id}`)
    await page.getByText('x-hostile').first().waitFor()
    t.strictSame(await findHarm(page), [])
  }
})
