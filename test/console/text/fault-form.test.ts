import t from 'tap'
import { fieldOfRefusal, readCount, readFaultBody, readFaultForm, readGivenFault, readHeaderLines, readPercent, writeFaultForm, type FaultForm } from '../../../src/console/text/fault-form.ts'
import { readRealTimeFaultForm, writeRealTimeFaultForm } from '../../../src/console/text/real-time-fault-form.ts'
import { FaultSpec } from '../../../src/control/faults/schema.ts'
import { RealTimeFaultSpec } from '../../../src/http/real-time-fault.ts'
import { build, GAMER } from '../../helper.ts'
import { command, control } from '../../control/client.ts'

const EMPTY = writeFaultForm({})
const NOTHING = { method: null, path: null, titleId: null, status: null, location: null, retryAfter: null, headers: null, body: null, effect: null, delay: null, times: null, probability: 1, seed: null, enabled: true }

t.test('an empty form has every member of a fault', async (t) => {
  t.strictSame(readFaultForm(EMPTY), { spec: NOTHING, user: '' })
  t.strictSame([...Object.keys(NOTHING), 'xuid'].sort(), Object.keys(FaultSpec.properties).sort())
})

t.test('a fault that is written into a form is read as it was', async (t) => {
  for (const fault of [
    {}, { status: 503, retryAfter: 7, times: 3 }, { status: 429, retryAfter: false as const }, { status: 302, location: '/b' }, { delay: { min: 200, max: 2000 }, method: 'GET', path: '/users/*' },
    { status: 500, headers: { 'X-A': '1', 'X-B': '' }, body: '[text' }, { status: 500, body: { a: [1, '<b>'] } }, { effect: 'truncate', probability: 0.05, seed: 0, titleId: 4294967295 }, { status: 503, enabled: false, probability: 0 }, { status: 503, probability: 0.123456789 }
  ] as ReadonlyArray<Partial<FaultSpec>>) t.strictSame(readFaultForm(writeFaultForm(fault)), { spec: { ...NOTHING, ...fault }, user: '' }, JSON.stringify(fault))
  const form = writeFaultForm({ xuid: GAMER })
  t.strictSame(readFaultForm({ ...form, user: ` ${form.user} ` }), { spec: NOTHING, user: GAMER })
})

t.test('what is no fault is said at its field', async (t) => {
  const wrong: Partial<FaultForm> = { titleId: 'my game', status: 'x', retryAfter: 'soon', headers: 'X', delay: 'long', times: '-1', probability: '101', seed: '1.5' }
  const read = readFaultForm({ ...EMPTY, ...wrong })
  t.strictSame(Object.keys('errors' in read ? read.errors : {}).sort(), Object.keys(wrong).sort())
  t.strictSame(readFaultForm({ ...EMPTY, probability: '200' }), { errors: { probability: 'Expected a share in percent, e.g. 5.' } })
})

t.test('numbers, shares, headers and bodies', async (t) => {
  for (const [text, value] of [['', null], [' 7 ', 7], ['0x10', 16], ['-1', undefined], ['1.5', undefined], ['0x', undefined], ['9'.repeat(16), undefined], ['1e3', undefined]] as const) t.equal(readCount(text), value, text)
  for (const [text, value] of [['', 1], ['5', 0.05], ['5 %', 0.05], ['0,5%', 0.005], ['100', 1], ['0', 0], ['101', undefined], ['x', undefined], ['-5', undefined], [' % ', 1]] as const) t.equal(readPercent(text), value, text)
  t.strictSame(readHeaderLines('X-A: 1\n\n X-B :2 \r\nX-C:'), { 'X-A': '1', 'X-B': '2', 'X-C': '' })
  t.equal(readHeaderLines(' \n'), null)
  t.equal(readHeaderLines('X-A: 1\nno header'), undefined)
  t.strictSame([readFaultBody(''), readFaultBody('text'), readFaultBody(' {"a":1}'), readFaultBody('{a')], [null, 'text', { a: 1 }, '{a'])
})

t.test('a refusal of the control API is shown at the field that it is about', async (t) => {
  const emulator = build(t)
  for (const [fault, field] of [
    [{ status: 200 }, 'status'], [{ status: 503, times: 0 }, 'times'], [{ status: 503, probability: 2 }, 'probability'], [{ delay: -1 }, 'delay'], [{ delay: { min: 2, max: 1 } }, 'delay'], [{ status: 503, location: '/' }, 'location'],
    [{ status: 500, retryAfter: 1 }, 'retryAfter'], [{ delay: 1, headers: { a: '1' } }, 'headers'], [{ status: 500, headers: { 'Content-Length': '1' } }, 'headers'], [{ status: 500, body: 'x'.repeat(70_000) }, 'body'],
    [{ status: 503, path: '/_emulator/health' }, 'path'], [{ status: 503, path: 'x' }, 'path'], [{ status: 503, method: 'BREW' }, 'method'], [{ status: 503, xuid: 'x' }, 'user'], [{}, ''], [{ status: 503, effect: 'hang' }, '']
  ] as const) {
    const { status, body } = await control(emulator, 'POST', '/faults', fault)
    t.equal(status, 400)
    t.equal(fieldOfRefusal(body.errorMessage), field, body.errorMessage)
  }
  t.equal(fieldOfRefusal('There is no user "nobody"; expected a XUID.'), '')
})

t.test('an address gives a part of a fault, or nothing', async (t) => {
  t.strictSame(readGivenFault('{"status":503}'), { status: 503 })
  for (const text of ['', '{', '[]', 'null', '5', '"x"']) t.strictSame(readGivenFault(text), {}, text)
})

t.test('a fault of real-time activity that is written into a form is read as it was', async (t) => {
  const emulator = build(t)
  const none = { on: 'event', code: null, drop: false, delay: null, resource: null, times: null, probability: 1, seed: null, enabled: true }
  for (const fault of [{ on: 'subscribe', code: 3, times: 2 }, { on: 'event', drop: true, resource: '*' }, { on: 'event', delay: 500, enabled: false, seed: 4, probability: 0.5 }] as const) {
    t.strictSame(readRealTimeFaultForm(writeRealTimeFaultForm(fault)), { spec: { ...none, ...fault }, user: '' })
    await command(emulator, 'POST', '/rta/faults', { ...none, ...fault })
  }
  t.strictSame([...Object.keys(none), 'xuid'].sort(), Object.keys(RealTimeFaultSpec.properties).sort())
  t.strictSame(readRealTimeFaultForm(writeRealTimeFaultForm({})), { spec: { ...none, on: 'subscribe', code: 1001 }, user: '' })
  t.equal(writeRealTimeFaultForm({ xuid: GAMER }).user, GAMER)
  const late = writeRealTimeFaultForm({ on: 'event' })
  t.equal(late.what, 'delay')
  for (const delay of ['', 'x', '1 - 2']) t.strictSame(readRealTimeFaultForm({ ...late, delay }), { errors: { delay: 'Expected a time such as 3 s or 500 ms.' } })
  t.strictSame(Object.keys((readRealTimeFaultForm({ ...late, delay: 'x', times: 'x', seed: 'x', probability: 'x' }) as { errors: object }).errors), ['delay', 'times', 'probability', 'seed'])
})
