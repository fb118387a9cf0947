import { join } from 'node:path'
import { browserTest } from './browser.ts'
import { useChromium } from './chromium.ts'
import { requireFreshPage } from './fresh-page.ts'
import { awaitGreeting, walkAsNewcomer } from './newcomer.ts'
import { watchPages } from './watch-page.ts'

const BIN = join(import.meta.dirname, '../../src/bin.ts')

// packaging/try.ts goes the same way from the package, as somebody else has installed it.
browserTest('from the greeting of the command to an unlock that a client sees, by the mouse alone', async (t) => {
  await requireFreshPage()
  const { greeting, end } = await awaitGreeting(process.execPath, [BIN, 'start', '--port', '0', '--log-level', 'silent'])
  t.teardown(end)
  const [, url = ''] = /serves (http\S+)/.exec(greeting) ?? []
  const { browser, release } = await useChromium()
  t.teardown(release)
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  t.teardown(async () => { await context.close() })
  await watchPages(t, context, ({ origin }) => origin === url, [])
  const { addresses, authorization, achievement } = await walkAsNewcomer(context, greeting)
  t.strictSame(addresses, [`${url}/`, `${url}/#/users/2533274790412952/titles/1660944384`])
  t.match(authorization, /^XBL3\.0 x=\d+;[\w-]{43}$/)
  t.match(achievement, { id: '11', progressState: 'Achieved', progression: { timeUnlocked: /^20[2-9]\d-/ } })
})
