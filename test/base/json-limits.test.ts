import t from 'tap'
import { findExceededLimit, MOST_CONTAINERS } from '../../src/base/json-limits.ts'

t.test('counts lists and objects, but not those in strings', async (t) => {
  const message = 'more than 3 lists and objects; expected 3 at most, for the memory that there is'
  for (const [text, expected] of [
    ['[[],{}]', undefined], ['[[],{},[]]', message], ['{"a":{"b":[]}}', undefined], ['{"a":{"b":[{}]}}', message], ['[1,"[[[[",2,[]]', undefined], ['[[],[],[]', message]
  ] as const) t.equal(findExceededLimit(text, 3), expected, text)
  t.ok(MOST_CONTAINERS > 100_000 && Number.isInteger(MOST_CONTAINERS), String(MOST_CONTAINERS))
  t.equal(findExceededLimit(`[${'[],'.repeat(100_000)}[]]`), undefined)
})
