import t from 'tap'
import { showInstant, showNumber } from '../../../src/console/text/shown-values.ts'

const BERLIN = { locale: 'de-DE', timeZone: 'Europe/Berlin' }

t.test('numbers have the separators of the reader', async (t) => {
  t.strictSame([showNumber(1240, { locale: 'en-GB' }), showNumber(1240.125, { locale: 'de-DE' }), showNumber(0, { locale: 'en-GB' })], ['1,240', '1.240,13', '0'])
  t.match(showNumber(7), /^\D*7\D*$|^.$/, 'without a locale: as the machine is set')
})

t.test('instants are in the zone of the reader', async (t) => {
  const wire = '2026-01-18T02:48:21.7070000Z'
  t.equal(showInstant(wire, 'full', BERLIN), '18.01.2026, 03:48:21')
  t.equal(showInstant(wire, 'full', BERLIN), '18.01.2026, 03:48:21', 'again')
  t.equal(showInstant(wire, 'date', BERLIN), '18.01.2026')
  t.equal(showInstant(wire, 'time', BERLIN), '03:48:21')
  t.equal(showInstant(wire, 'millis', BERLIN), '03:48:21,707')
  t.equal(showInstant('2026-07-18T23:30:00Z', 'full', { locale: 'en-GB', timeZone: 'Asia/Tokyo' }), '19/07/2026, 08:30:00')
  t.match(showInstant(wire), /2026/, 'without a reader: as the machine is set')
})

t.test('what is no instant is shown as it is', async (t) => {
  t.equal(showInstant('soon', 'full', BERLIN), 'soon')
})
