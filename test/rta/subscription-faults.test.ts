import t from 'tap'
import { fillDefaults } from '../../src/base/validation.ts'
import { RealTimeFaultSpec } from '../../src/http/real-time-fault.ts'
import { createSubscriptionFaults, type SubscriptionFaults } from '../../src/rta/subscription-faults.ts'
import { FRIEND, GAMER, SAMPLE_SCID } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'

const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/${SAMPLE_SCID}`
const OF_GAMER = { xuid: GAMER, resource: RESOURCE }

const specOf = (members: object): RealTimeFaultSpec => fillDefaults(RealTimeFaultSpec, { ...members }) as RealTimeFaultSpec

function faultsWith (...specs: object[]): SubscriptionFaults {
  const faults = createSubscriptionFaults()
  for (const spec of specs) faults.add(specOf(spec))
  return faults
}

t.test('nothing goes wrong without faults', async (t) => {
  const { refusalOf, fateOf, ...faults } = createSubscriptionFaults()
  t.equal(refusalOf(OF_GAMER), null)
  t.strictSame(fateOf(OF_GAMER), { drop: false, delay: 0 })
  t.strictSame(faults.list(), [])
})

t.test('a subscription is refused as often as it should be', async (t) => {
  const { refusalOf, fateOf, ...faults } = faultsWith({ on: 'subscribe', code: 1001, times: 2, seed: 1 })
  t.strictSame(fateOf(OF_GAMER), { drop: false, delay: 0 }, 'no event')
  t.strictSame([1, 2, 3].map(() => refusalOf(OF_GAMER)), [1001, 1001, null])
  t.strictSame(faults.list(), [{ on: 'subscribe', code: 1001, drop: false, delay: null, xuid: null, resource: null, enabled: true, times: 2, probability: 1, seed: 1, id: 1, happened: 2 }])
})

t.test('events are lost or late', async (t) => {
  const { refusalOf, fateOf } = faultsWith({ on: 'event', drop: true, times: 1 }, { on: 'event', delay: 7, times: 1 })
  t.equal(refusalOf(OF_GAMER), null, 'no subscription')
  t.strictSame([1, 2, 3].map(() => fateOf(OF_GAMER)), [{ drop: true, delay: 0 }, { drop: false, delay: 7 }, { drop: false, delay: 0 }])
})

t.test('which subscriptions', async (t) => {
  for (const [which, subscription, code] of [
    [{ xuid: GAMER }, OF_GAMER, 3],
    [{ xuid: `00${GAMER}` }, OF_GAMER, 3],
    [{ xuid: FRIEND }, OF_GAMER, null],
    [{ xuid: GAMER }, { ...OF_GAMER, xuid: null }, null],
    [{ resource: '*' }, { xuid: null, resource: '' }, 3],
    [{ resource: 'HTTPS://achievements.*/achievements/*' }, OF_GAMER, 3],
    [{ resource: `*/${SAMPLE_SCID.toUpperCase()}` }, OF_GAMER, 3],
    [{ resource: RESOURCE }, { ...OF_GAMER, resource: RESOURCE.toUpperCase() }, 3],
    [{ resource: RESOURCE }, { ...OF_GAMER, resource: `${RESOURCE}/` }, null],
    [{ resource: '*notify*' }, OF_GAMER, null],
    [{ resource: '*', xuid: FRIEND }, OF_GAMER, null]
  ] as const) t.equal(faultsWith({ on: 'subscribe', code: 3, ...which }).refusalOf(subscription), code, JSON.stringify([which, subscription]))
})

t.test('chance', async (t) => {
  const drawn = (seed: number): string => {
    const { refusalOf } = faultsWith({ on: 'subscribe', code: 1002, probability: 0.5, seed })
    return Array.from({ length: 64 }, () => refusalOf(OF_GAMER) === 1002 ? 'x' : '.').join('')
  }
  t.equal(drawn(3), drawn(3))
  t.not(drawn(3), drawn(4))
  t.match(drawn(3), /x.*\..*x/)
  t.equal(faultsWith({ on: 'subscribe', code: 1, probability: 0 }).refusalOf(OF_GAMER), null)
})

t.test('faults are deleted, one or all, and their ids are not used again', async (t) => {
  const { refusalOf, ...faults } = faultsWith({ on: 'subscribe', code: 1, xuid: FRIEND }, { on: 'subscribe', code: 2 }, { on: 'event', drop: true })
  t.equal(refusalOf(OF_GAMER), 2)
  t.strictSame([faults.remove(2), faults.remove(2), faults.remove(9)], [true, false, false])
  t.equal(refusalOf(OF_GAMER), null)
  t.strictSame(faults.list().map(({ id, happened }) => [id, happened]), [[1, 0], [3, 0]])
  faults.clear()
  t.strictSame(faults.list(), [])
  t.equal(faults.add(specOf({ on: 'event', delay: 0 })).id, 4)
})

t.test('a hundred can be set up; those that will not happen again give way', async (t) => {
  const { refusalOf, ...faults } = faultsWith({ on: 'subscribe', code: 1, times: 1 }, ...Array.from({ length: 99 }, () => ({ on: 'event', drop: true })))
  t.equal(thrownBy(() => faults.add(specOf({ on: 'event', drop: true }))).message, 'There are 100 faults; expected some to be deleted first.')
  t.equal(refusalOf(OF_GAMER), 1)
  t.equal(faults.add(specOf({ on: 'event', drop: true })).id, 101)
  t.strictSame([faults.list().length, faults.list()[0]?.id], [100, 2])
})

t.test('faults that contradict themselves', async (t) => {
  const faults = createSubscriptionFaults()
  for (const [spec, message] of [
    [{ on: 'subscribe' }, 'The fault on "subscribe" does nothing; expected code, one of 1, 2, 3, 1001, 1002.'],
    [{ on: 'subscribe', code: 1, drop: true }, 'drop and delay go with events; expected on to be "event", or code alone.'],
    [{ on: 'subscribe', code: 1, delay: 0 }, 'drop and delay go with events; expected on to be "event", or code alone.'],
    [{ on: 'event' }, 'The fault on "event" does nothing; expected drop or delay.'],
    [{ on: 'event', code: 3, drop: true }, 'code is 3, and refuses subscriptions; expected on to be "subscribe", or drop or delay.'],
    [{ on: 'event', drop: true, delay: 1 }, 'The fault has drop and delay; expected one of them.'],
    [{ on: 'event', drop: true, xuid: '18446744073709551616' }, 'The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.']
  ] as const) t.match(thrownBy(() => faults.add(specOf(spec))), { status: 400, message }, message)
  t.strictSame(faults.list(), [])
})
