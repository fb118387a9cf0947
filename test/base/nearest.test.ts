import t from 'tap'
import { nearestTo } from '../../src/base/nearest.ts'

const WORDS = ['port', 'host', 'world', 'dialect', 'requestTimeout', 'tlsPort', 'tlsHost', 'igdb']

t.test('the nearest word, if one is near', async (t) => {
  for (const [word, expected] of [
    ['port', 'port'], ['PORT', 'port'], ['prot', 'port'], ['ports', 'port'], ['hosts', 'host'], ['dialekt', 'dialect'], ['dialcet', 'dialect'], ['wrld', 'world'], ['tlsport', 'tlsPort'],
    ['request-timeout', 'requestTimeout'], ['requesttimout', 'requestTimeout'], ['requestTime', 'requestTimeout'], ['idgb', 'igdb'],
    // As near to the one as to the other: the first.
    ['post', 'port'],
    ['', undefined], ['x', undefined], ['pt', undefined], ['journal', undefined], ['completely different', undefined], ['request', undefined], ['a'.repeat(10_000), undefined]
  ] as const) t.equal(nearestTo(word, WORDS), expected, word.slice(0, 20))
  t.equal(nearestTo('port', []), undefined)
})
