import t from 'tap'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { substituteEmulator } from './substitute-emulator.ts'

t.test('the clock of a running emulator', async (t) => {
  const { url } = await startCommand(t)
  const clock = (...args: string[]) => runCommand(['clock', ...args, '--url', url])
  t.strictSame(await clock('freeze', '2013-02-15T00:00:00Z'), says('2013-02-15T00:00:00.0000000Z  stands still\n'))
  t.strictSame(await clock(), says('2013-02-15T00:00:00.0000000Z  stands still\n'))
  t.strictSame(await clock('show', '--json'), says('{"now":"2013-02-15T00:00:00.0000000Z","isFrozen":true,"offset":0}\n'))
  t.strictSame(await clock('freeze'), says('2013-02-15T00:00:00.0000000Z  stands still\n'))
  t.strictSame(await clock('freeze', '--json'), says('{"now":"2013-02-15T00:00:00.0000000Z","isFrozen":true,"offset":0}\n'))

  // A negative duration is no option, wherever it stands.
  t.match(await clock('shift', '-PT1H30M'), { code: 0, stdout: /^\d{4}-.*Z {2}runs PT1H30M behind\n$/, stderr: '' })
  t.match(await runCommand(['clock', '--url', url]), { code: 0, stdout: /Z {2}runs PT1H30M behind\n$/ })
  t.match(await runCommand(['clock', 'shift', '--url', url, '--json', '-P1DT0.5S']), { code: 0, stdout: /"isFrozen":false,"offset":-86400500\}\n$/, stderr: '' })
  t.match(await clock('shift', 'P8DT2H0.25S'), { code: 0, stdout: /Z {2}runs P8DT2H0.25S ahead\n$/, stderr: '' })

  t.match(await clock('shift', 'P1W'), { code: 0, stdout: /Z {2}runs P7D ahead\n$/, stderr: '' })
  t.strictSame(await clock('reset'), says(''))
  t.match(await clock(), { code: 0, stdout: /Z {2}runs as the clock of this machine\n$/, stderr: '' })
})

t.test('wrong arguments', async (t) => {
  const { url } = await startCommand(t)
  await compareAll(t, [
    [['clock', 'shift', '1h', '--url', url], refuses('<duration> is "1h"; expected an ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. "P1D" or "-PT2H30M"')],
    [['clock', 'shift', 'P999999W', '--url', url], refuses('<duration> is "P999999W"; expected one that stays within the years 1 to 9999')],
    [['clock', 'shift', '--url', url], refuses("missing required argument 'duration'")],
    [['clock', 'shift', '-x', '--url', url], refuses("unknown option '-x'")],
    [['clock', 'shift', 'P1D', 'P2D', '--url', url], refuses("too many arguments for 'shift'. Expected 1 argument but got 2: P1D, P2D.")],
    [['clock', 'freeze', '2013', '--url', url], refuses('<instant>: found "2013", expected an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"')],
    [['clock', 'freeze', '2013-02-30T00:00:00Z', '--url', url], refuses('<instant> is "2013-02-30T00:00:00Z"; expected an instant in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z"')]
  ])
})

t.test('a clock that stands still is frozen where it is', async (t) => {
  const state = { now: '2020-01-01T00:00:00.0000000Z', isFrozen: true, offset: 0 }
  const { url, asked } = await substituteEmulator(t, { 'GET /_emulator/clock': state, 'PUT /_emulator/clock': state })
  t.strictSame(await runCommand(['clock', 'freeze', '--url', url]), says('2020-01-01T00:00:00.0000000Z  stands still\n'))
  t.strictSame(asked, ['GET /_emulator/clock', 'PUT /_emulator/clock {"now":"2020-01-01T00:00:00.0000000Z"}'])
})
