import t from 'tap'
import { waitBefore } from '../../../src/console/text/backoff.ts'
import { nextPane, paneHeight, readPaneHeight } from '../../../src/console/text/pane.ts'
import { waitAfterReading } from '../../../src/console/text/reading-pace.ts'
import { nextScheme, readScheme } from '../../../src/console/text/schemes.ts'
import { placeName, windowTitle } from '../../../src/console/text/window-title.ts'

t.test('each wait is twice as long as the one before, up to a limit', async (t) => {
  t.strictSame([1, 2, 3, 5, 6, 2000].map((failed) => waitBefore(failed, 0)), [500, 1000, 2000, 8000, 15_000, 15_000])
  t.strictSame([waitBefore(1, 0.5), waitBefore(9, 0.999)], [438, 11_254])
})

t.test('what changes alone is read at once, what changes without end ever less often, what takes long seldom', async (t) => {
  const alone = { pause: Infinity, wait: 480, took: 10 }
  t.equal(waitAfterReading(alone), 60)
  const waits: number[] = []
  for (let wait = 60; waits.length < 6; waits.push(wait)) wait = waitAfterReading({ pause: wait, wait, took: 10 })
  t.strictSame(waits, [120, 240, 480, 480, 480, 480])
  t.strictSame([[0, 60], [310, 60], [309, 60], [730, 480], [729, 480]].map(([pause = 0, wait = 0]) => waitAfterReading({ pause, wait, took: 1 })), [120, 60, 120, 60, 480])
  t.strictSame([40, 400, 5000].map((took) => waitAfterReading({ ...alone, took })), [80, 800, 1500])
})

t.test('the pane has room, and leaves some', async (t) => {
  t.strictSame([paneHeight(200.4, 800), paneHeight(10, 800), paneHeight(2000, 800), paneHeight(300, 100)], [200, 96, 680, 96])
  t.strictSame([readPaneHeight(null), readPaneHeight('300'), readPaneHeight('tall'), readPaneHeight('5'), readPaneHeight('Infinity')], [220, 300, 220, 220, 220])
  t.strictSame([nextPane('open'), nextPane('tall'), nextPane('hidden')], ['tall', 'hidden', 'open'])
})

t.test('the colours are those that were kept', async (t) => {
  t.strictSame([null, 'light', 'dark', 'auto', 'pink'].map(readScheme), ['auto', 'light', 'dark', 'auto', 'auto'])
  t.strictSame([nextScheme('auto'), nextScheme('light'), nextScheme('dark')], ['light', 'dark', 'auto'])
})

t.test('the window says where it is', async (t) => {
  const at = (...path: string[]): { path: string[], query: {} } => ({ path, query: {} })
  t.strictSame([at(), at('users', '1'), at('weather'), at('nowhere'), at('toString')].map(placeName), ['users', 'users', 'weather', 'users', 'users'])
  const host = '127.0.0.1:5280'
  t.equal(windowTitle(at('requests'), { host, isLost: false }), 'Requests · 127.0.0.1:5280')
  t.equal(windowTitle(at('users', '1'), { host, isLost: false, detail: 'gamer' }), 'gamer · Users · 127.0.0.1:5280')
  t.equal(windowTitle(at('users'), { host, isLost: true, detail: null }), '⚠ Users · 127.0.0.1:5280')
  t.equal(windowTitle(at('users'), { host, isLost: false, detail: '' }), 'Users · 127.0.0.1:5280')
})
