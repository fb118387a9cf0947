import t from 'tap'
import { isoDuration, readDelay, readDuration, showDuration, showOffset, writeDelay } from '../../../src/console/text/duration.ts'

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000]

t.test('a duration is shown in two units that follow each other', async (t) => {
  for (const [ms, text] of [
    [0, '0 s'], [0.4, '0 s'], [1, '1 ms'], [999, '999 ms'], [SECOND, '1 s'], [1500, '1 s 500 ms'], [MINUTE, '1 min'], [2 * HOUR + 5 * MINUTE + 3 * SECOND, '2 h 5 min'],
    [DAY + 1, '1 d'], [DAY + SECOND, '1 d'], [400 * DAY, '400 d'], [DAY + 2 * HOUR, '1 d 2 h']
  ] as const) t.equal(showDuration(ms), text, String(ms))
  t.equal(showOffset(DAY), '+1 d')
  t.equal(showOffset(-90 * MINUTE), '−1 h 30 min')
  t.equal(showOffset(0), '+0 s')
})

t.test('a duration is written as the clock takes it', async (t) => {
  for (const [ms, text] of [[0, 'PT0S'], [DAY, 'PT86400S'], [-HOUR, '-PT3600S'], [1500, 'PT1.500S'], [-1, '-PT0.001S'], [2.6, 'PT0.003S']] as const) t.equal(isoDuration(ms), text)
})

t.test('a duration is read as ISO 8601 has it, and in words', async (t) => {
  for (const [text, ms] of [
    ['P1D', DAY], ['-PT2H30M', -150 * MINUTE], ['+P1W', 7 * DAY], ['−PT1S', -SECOND], ['pt1.5s', 1500], ['PT0,5H', 30 * MINUTE], ['P1WT1S', 7 * DAY + SECOND],
    ['1 h 30 min', 90 * MINUTE], ['1h30m', 90 * MINUTE], ['-2 d', -2 * DAY], ['− 1 w', -7 * DAY], ['+90 seconds', 90 * SECOND], ['250 ms', 250], ['2 weeks 1 day', 15 * DAY],
    ['1 HOUR', HOUR], [' 3 s ', 3 * SECOND], ['0 s', 0], ['-0 s', 0], ['1,5 h', 90 * MINUTE]
  ] as const) t.equal(readDuration(text), ms, text)
  for (const text of ['', ' ', '-', 'P', 'PT', 'P1Y', 'P1M', '5', '1 fortnight', '1 h and 2 min', 'h', '1e3 s', 'NaN', '１ h', '<b>1 h</b>', '1 s'.repeat(3) + 'x', 'P-1D', '--1 h']) t.equal(readDuration(text), undefined, text)
})

t.test('how long a fault waits is read, and written as it is read', async (t) => {
  for (const [text, delay] of [
    ['', null], ['  ', null], ['500', 500], ['3 s', 3000], ['200-2000', { min: 200, max: 2000 }], ['0.2 s - 2 s', { min: 200, max: 2000 }], ['1 s to 2 s', { min: 1000, max: 2000 }], ['100 ms – 1 min', { min: 100, max: 60_000 }], ['0', 0]
  ] as const) t.strictSame(readDelay(text), delay, text)
  for (const text of ['x', '1-', '-1', '1-2-3', '1 - x', 'x - 1', '1 s 2']) t.equal(readDelay(text), undefined, text)
  for (const delay of [null, 0, 1, 99, 100, 150, 1500, 3000, 60_000, 3_600_000, { min: 0, max: 7 }, { min: 200, max: 2000 }]) t.strictSame(readDelay(writeDelay(delay)), delay, writeDelay(delay))
  t.equal(writeDelay({ min: 50, max: 2000 }), '50 ms - 2 s')
})
