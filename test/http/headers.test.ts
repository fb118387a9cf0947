import t from 'tap'
import { continueVector } from '../../src/http/headers.ts'

t.test('MS-CV: a well-formed vector is continued', async (t) => {
  for (const vector of ['tul4NUsfs9Cl7mOf.1', 'KZY+dsX2jEaZesgCPjJ2Ng.1.2.3', 'a.0', `${'a'.repeat(22)}.4294967295`, `${'a'.repeat(48)}${'.1234567890'.repeat(7)}`]) {
    t.equal(continueVector(vector), `${vector}.0`)
  }
})

t.test('MS-CV: a missing, malformed or too long vector is replaced by a new one', async (t) => {
  const seen = new Set<string>()
  for (const vector of [undefined, '', 'a', 'a.', '.1', 'a.b', 'a.1, b.2', 'a b.1', '\u00e9.1', `${'a'.repeat(65)}.1`, `a${'.1234567890'.repeat(12)}`, `${'a'.repeat(49)}${'.1234567890'.repeat(7)}`]) {
    const answer = continueVector(vector)
    t.match(answer, /^[A-Za-z0-9]{22}\.0$/, String(vector))
    seen.add(answer)
  }
  t.equal(seen.size, 12, 'a different one each time')
})
