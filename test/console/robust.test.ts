import type { Page } from 'playwright-core'
import { command, worldText } from '../control/client.ts'
import { DEMO, GAMER } from '../helper.ts'
import { browserTest, openConsole } from './browser.ts'
import { LANTERN } from './lively.ts'
import { goToPlace } from './places.ts'
import { until } from './until.ts'

const REFUSED = [/status of 40[0-9]/]

/** What somebody may send as a link: each fills something in, or is nonsense. */
const FILLED: readonly string[] = [
  JSON.stringify({ status: 503, times: 3, path: '/users/*' }), '{"status":{},"path":[1],"method":7,"xuid":{"a":1},"titleId":"x","times":[],"delay":{},"headers":[1],"body":{"a":9007199254740993},"probability":"a","retryAfter":{}}',
  '{"headers":{"x":1},"body":[null]}', '{"status":null,"times":null,"path":null,"method":null}', '[]', 'null', '7', '"', '{', `{"path":"${'x'.repeat(10_000)}"}`, '{"__proto__":{"status":500},"constructor":1}', '{"status":1e999}'
]

/** Goes to another place, and waits until the page has. */
const goTo = async (page: Page, fragment: string): Promise<void> => {
  await page.evaluate(async (fragment) => {
    await new Promise((resolve) => {
      window.addEventListener('hashchange', resolve, { once: true })
      window.location.hash = fragment
    })
  }, fragment)
}

const say = async (page: Page): Promise<void> => {
  await page.getByRole('main').waitFor()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.getByText('Loading …').filter({ visible: true }).first().waitFor({ state: 'hidden' })
}

browserTest('a link that fills a form in does nothing by itself', async (t) => {
  const { page, emulator } = await openConsole(t)
  const read = async (): Promise<string> => JSON.stringify([await worldText(emulator), await command(emulator, 'GET', '/faults'), await command(emulator, 'GET', '/rta/faults'), await command(emulator, 'GET', '/clock')])
  const before = await read()
  const writes: string[] = []
  page.on('request', (request) => { if (request.method() !== 'GET') writes.push(`${request.method()} ${request.url()}`) })
  for (const name of ['new', 'newRta']) {
    for (const text of FILLED) {
      await page.goto(`${new URL(page.url()).origin}/#/weather?${new URLSearchParams({ [name]: text })}`)
      await page.getByRole('dialog').waitFor()
      t.equal(await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).count(), 1, text.slice(0, 40))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  }
  t.strictSame(writes, [])
  t.equal(await read(), before)
})

browserTest('addresses with nonsense show a place', async (t) => {
  const { page } = await openConsole(t, { expected: REFUSED })
  const title = `#/users/${GAMER}/titles/${LANTERN.titleId}`
  for (const fragment of [
    '#/users/%zz/titles/abc?state=nonsense', `${title}?state=nonsense&locale=%00&sandbox=%F0&orderBy=1&search=${'%25'.repeat(200)}`, `${title}?sandbox=NOWHERE.1`, `${title}?locale=xx-nowhere`, `#/users/${GAMER}/titles/99999999999999999999`, `#/users/${GAMER}/titles/-1`,
    `#/users/${GAMER}/titles/4`, '#/users/nobody', '#/users/18446744073709551616', `#/users/${GAMER}/nonsense/1/2/3`, '#/requests?id=999999999', '#/requests?id=-1', '#/requests?id=1e3', '#/requests?status=%00&xuid=x&titleId=x&version=%&matched=x&why=constructor&method=__proto__', '#/requests?__proto__=1&constructor=2', '#/weather?edit=77&section=%22%5D',
    '#/weather?editRta=x', '#/world/nonsense', '#/world/titles/abc', '#/world/titles/4?sandbox=%00', '#/world/differences?kind=nonsense&user=%00', '#/world/clients?client=nonsense', '#/users?search=%F0%9F%98%80%00%E2%80%8B'
  ]) {
    await goTo(page, fragment)
    await say(page)
    t.pass(fragment.slice(0, 80))
  }
})

browserTest('back and forward, again and again, end where they began', async (t) => {
  const { page } = await openConsole(t, { at: '#/users' })
  for (const place of ['requests', 'weather', 'world', `users/${GAMER}`, `users/${GAMER}/titles/${LANTERN.titleId}`]) await goTo(page, `#/${place}`)
  await page.evaluate(async () => {
    for (let turn = 0; turn < 60; turn++) {
      await new Promise((resolve) => {
        window.addEventListener('hashchange', resolve, { once: true })
        window.history.go(turn % 4 < 2 ? -1 : 1)
      })
    }
  })
  await until(t, () => new URL(page.url()).hash, `#/users/${GAMER}/titles/${LANTERN.titleId}`)
  await page.getByRole('grid', { name: 'Achievements' }).waitFor()
})

browserTest('a world without anything, and what is deleted while it is shown', async (t) => {
  const { page, emulator } = await openConsole(t, { world: {}, expected: REFUSED })
  for (const fragment of ['#/users', '#/world', '#/world/titles', '#/world/differences', '#/world/clients', '#/requests', '#/weather']) {
    await goToPlace(page, fragment)
    t.pass(fragment)
  }
  await command(emulator, 'PATCH', '/world', { users: [{ xuid: '5', gamertag: 'five' }] })
  await goToPlace(page, '#/users/5')
  await page.getByRole('heading', { name: 'five' }).waitFor()
  await command(emulator, 'DELETE', '/users/5')
  await page.getByRole('heading', { name: 'five' }).waitFor({ state: 'detached' })
  await command(emulator, 'PUT', '/world', DEMO)
  await goToPlace(page, `#/users/${GAMER}/titles/${LANTERN.titleId}`)
  await page.getByRole('grid', { name: 'Achievements' }).waitFor()
  await command(emulator, 'PUT', '/world', { users: [{ xuid: GAMER, gamertag: 'gamer' }] })
  await page.getByRole('grid', { name: 'Achievements' }).waitFor({ state: 'detached' })
  await command(emulator, 'PUT', '/world', {})
  await page.getByRole('heading', { level: 1, name: 'Nobody here' }).waitFor()
})

browserTest('a list of which nobody knows yet how it is read is not said to be empty', async (t) => {
  const { page, url } = await openConsole(t)
  const held = Promise.withResolvers<void>()
  await page.route('**/_emulator/health', async (route) => {
    await held.promise
    await route.continue()
  })
  await page.goto(`${url}/#/users/${GAMER}/titles/${LANTERN.titleId}`)
  const list = page.getByRole('region', { name: 'Achievements', exact: true })
  await list.getByText('Loading …').waitFor()
  t.equal(await list.getByText(/^No achievements/).count(), 0)
  held.resolve()
  await list.getByRole('grid', { name: 'Achievements' }).waitFor()
})

browserTest('the page can be read at 200 % text, and moves nothing for who wants that', async (t) => {
  const { page, open } = await openConsole(t, { viewport: { width: 640, height: 400 }, context: { reducedMotion: 'reduce' } })
  await open().then(async (window) => { await window.close() })
  for (const fragment of ['#/users', `#/users/${GAMER}/titles/${LANTERN.titleId}`, '#/requests', '#/weather', '#/world']) {
    await goToPlace(page, fragment)
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
    t.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, `${fragment}: nothing is wider than the window`)
    t.strictSame(await page.evaluate(() => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 50).length), 0, `${fragment}: nothing moves`)
  }
})

browserTest('Tab leaves every control: nothing keeps the keyboard', async (t) => {
  const { page } = await openConsole(t)
  for (const fragment of ['#/users', `#/users/${GAMER}/titles/${LANTERN.titleId}`, '#/requests', '#/weather', '#/world']) {
    await goToPlace(page, fragment)
    await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur() })
    for (const key of ['Tab', 'Shift+Tab']) {
      const seen: string[] = []
      for (let turn = 0; turn < 250 && !seen.slice(1).includes(seen[0] ?? ''); turn++) {
        await page.keyboard.press(key)
        seen.push(await page.evaluate(() => {
          const focused = document.activeElement
          // Several fields in one, each with a stop of its own.
          if (focused?.matches('[type=datetime-local]') === true) return `a time ${performance.now()}`
          if (focused === null || focused === document.body) return 'the window'
          // Where it is says nothing: what is drawn meanwhile may stand before it.
          const known = (window as { focusedSoFar?: Element[] }).focusedSoFar ??= []
          if (!known.includes(focused)) known.push(focused)
          return `${focused.tagName}.${focused.className} ${focused.getAttribute('aria-label') ?? ''} ${known.indexOf(focused)}`
        }))
      }
      t.equal(seen.slice(1).includes(seen[0] ?? ''), true, `${fragment}: ${key} goes around`)
      t.strictSame(seen.filter((one, index) => one === seen[index + 1] && one !== 'the window'), [], `${fragment}: ${key} never stays`)
    }
  }
})
