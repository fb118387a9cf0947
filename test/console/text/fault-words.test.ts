import t from 'tap'
import { describeCounter, describeFault, describeHappening, describeRealTimeFault, EFFECT_WORDS, isOn, REFUSAL_WORDS, showPercent } from '../../../src/console/text/fault-words.ts'
import { FAULT_PATHS, FAULT_PRESETS, REAL_TIME_PRESETS } from '../../../src/console/text/fault-presets.ts'
import { STATUS_WORDS } from '../../../src/console/text/status-words.ts'
import { FAULT_STATUSES } from '../../../src/control/faults/schema.ts'
import { build, GAMER } from '../../helper.ts'
import { command } from '../../control/client.ts'

const nameUser = (xuid: string): string => xuid === GAMER ? 'gamer' : xuid

t.test('a fault is a sentence', async (t) => {
  for (const [fault, words] of [
    [{ status: 503, path: '*/update', times: 3, xuid: GAMER }, '503 for the next 3 updates of gamer'],
    [{ status: 503, path: '*/update', times: 3, happened: 2 }, '503 for the next update'],
    [{ status: 503, times: 3, happened: 3 }, '503 for no more requests'],
    [{ status: 503, times: 3, happened: 5 }, '503 for no more requests'],
    [{ status: 429, retryAfter: 30, titleId: 5 }, '429 with Retry-After 30 for every request of title 5'],
    [{ status: 429, retryAfter: false }, '429 without Retry-After for every request'],
    [{ status: 401, xuid: '7', titleId: 5 }, '401 for every request of 7 of title 5'],
    [{ delay: 3000 }, '3 s late for every request'],
    [{ delay: { min: 200, max: 2000 }, status: 503 }, '503 after 0.2 s - 2 s for every request'],
    [{ status: 302, location: '/b' }, '302 to /b for every request'],
    [{ status: 502, body: 'x' }, '502 with an answer of its own for every request'],
    [{ status: 502, headers: { a: 'b' } }, '502 with an answer of its own for every request'],
    [{ status: 503, effect: 'truncate' }, '503 cut in half for every request'],
    [{ effect: 'drop', path: '*/update', method: 'post' }, 'Carried out, answer lost for every update'],
    [{ effect: 'hang', path: '*/update', method: 'GET' }, 'Never answered for every GET request to */update'],
    [{ effect: 'reset', method: 'post' }, 'Connection reset for every POST request'],
    [{ status: 503, probability: 0.05 }, '503 for 5 % of requests'],
    [{ status: 503, probability: 0.125, times: 4, path: '/users/*/achievements' }, '503 for 12.5 % of lists of achievements, 4 more at most'],
    [{ status: 503, path: `/users/xuid(${GAMER})/achievements/` }, `503 for every list of achievements of XUID ${GAMER}`],
    [{ status: 503, path: `/users/xuid(${GAMER})/achievements/`, xuid: GAMER }, '503 for every list of achievements of gamer'],
    [{ status: 503, path: '/users/*/achievements/*/*', times: 2 }, '503 for the next 2 single achievements'],
    [{ status: 503, path: '*/history/titles', times: 2 }, '503 for the next 2 title histories'],
    [{ status: 503, path: '/connect' }, '503 for every WebSocket connection'],
    [{ status: 503, path: '/<img src=x>' }, '503 for every request to /<img src=x>'],
    [{}, 'Nothing for every request']
  ] as const) t.equal(describeFault(fault, nameUser), words)
  t.equal(describeFault({ status: 503, xuid: GAMER }), `503 for every request of ${GAMER}`)
  t.equal(describeHappening({}), 'Nothing')
})

t.test('a fault of real-time activity is a sentence', async (t) => {
  for (const [fault, words] of [
    [{ on: 'subscribe', code: 1001, times: 2, xuid: GAMER }, 'Refused with 1001, throttled, for the next 2 subscriptions of gamer'],
    [{ on: 'event', drop: true, times: 1, resource: '*notify*' }, 'Lost for the next event to *notify*'],
    [{ on: 'event', delay: 500 }, '0.5 s late for every event'],
    [{ on: 'event' }, 'Nothing for every event'],
    [{}, 'Refused for every subscription']
  ] as const) t.equal(describeRealTimeFault(fault, nameUser), words)
  t.equal(describeRealTimeFault({ on: 'event', drop: true, xuid: '7' }), 'Lost for every event of 7')
})

t.test('whether a fault is on, and how often it has happened', async (t) => {
  const fault = { enabled: true, times: null, happened: 0 }
  for (const [change, expected] of [[{}, true], [{ enabled: false }, false], [{ times: 2, happened: 1 }, true], [{ times: 2, happened: 2 }, false]] as const) t.equal(isOn({ ...fault, ...change }), expected)
  for (const [change, words] of [
    [{}, 'has not happened yet'], [{ happened: 1 }, 'happened once'], [{ happened: 7 }, 'happened 7 times'], [{ times: 1 }, 'happened 0 of 1 time'], [{ times: 3, happened: 1 }, 'happened 1 of 3 times']
  ] as const) t.equal(describeCounter({ ...fault, ...change }), words)
  t.equal(showPercent(1 / 3), '33.3333 %')
})

t.test('every status, effect and code has words, and every preset is a fault', async (t) => {
  t.strictSame(Object.keys(STATUS_WORDS).map(Number), FAULT_STATUSES)
  t.strictSame(Object.keys(EFFECT_WORDS), ['reset', 'truncate', 'drop', 'hang'])
  t.strictSame(Object.keys(REFUSAL_WORDS), ['1', '2', '3', '1001', '1002'])
  const emulator = build(t)
  for (const { fault } of FAULT_PRESETS) t.match(await command(emulator, 'POST', '/faults', fault), fault)
  for (const { fault } of REAL_TIME_PRESETS) t.match(await command(emulator, 'POST', '/rta/faults', fault), fault)
  for (const [path, words] of FAULT_PATHS) t.equal(describeFault({ path, status: 503, times: 2, ...await command(emulator, 'POST', '/faults', { path, status: 503, times: 2 }) }), `503 for the next 2 ${words}`)
})
