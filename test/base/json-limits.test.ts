import t from 'tap'
import { findExceededLimit, firstJsonValue, MOST_CONTAINERS } from '../../src/base/json-limits.ts'

t.test('counts lists and objects, but not those in strings', async (t) => {
  const message = 'more than 3 lists and objects; expected 3 at most, for the memory that there is'
  for (const [text, expected] of [
    ['[[],{}]', undefined], ['[[],{},[]]', message], ['{"a":{"b":[]}}', undefined], ['{"a":{"b":[{}]}}', message], ['[1,"[[[[",2,[]]', undefined], ['[[],[],[]', message]
  ] as const) t.equal(findExceededLimit(text, 3), expected, text)
  t.ok(MOST_CONTAINERS > 100_000 && Number.isInteger(MOST_CONTAINERS), String(MOST_CONTAINERS))
  t.equal(findExceededLimit(`[${'[],'.repeat(100_000)}[]]`), undefined)
})

t.test('the first list or object of a text, without what follows it', async (t) => {
  for (const [text, expected] of [
    ['{"a":1}', '{"a":1}'],
    ['{"a":1} {"b":2}', '{"a":1}'],
    [' \n[1,{"a":[2]}],"ProofKey":{}}', ' \n[1,{"a":[2]}]'],
    ['{"a":"}]\\"}","b":"\\\\"}rest', '{"a":"}]\\"}","b":"\\\\"}'],
    ['{"a":{"b":[{}]}}}}', '{"a":{"b":[{}]}}'],
    ['{}{}', '{}'],
    // Of what is no list or object, or has no end, it is the whole.
    ['"a" b', '"a" b'],
    ['5 6', '5 6'],
    ['null', 'null'],
    ['', ''],
    ['{"a":1', '{"a":1'],
    ['{"a":"}', '{"a":"}'],
    ['[[]', '[[]'],
    // And what is no JSON stays none.
    ['x{}y', 'x{}'],
    ['}x', '}'],
    ['[}]', '[}'],
    ['"{}" {}', '"{}" {}']
  ] as const) t.equal(firstJsonValue(text), expected, text)
})
