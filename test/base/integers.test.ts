import t from 'tap'
import { MAX_UNSIGNED_32, readUnsigned32, readUnsigned64 } from '../../src/base/integers.ts'

/** Texts that are not integers. */
const NONE = ['', ' ', '-1', '+1', '-0', '1.0', '1e3', '0x10', '1 ', ' 1', '1_000', '1,000', 'NaN', 'Infinity', '١', '1\n']

t.test('reads an unsigned 32-bit integer', async (t) => {
  t.equal(MAX_UNSIGNED_32, 2 ** 32 - 1)
  const cases: Array<[string, number | undefined]> = [
    ['0', 0],
    ['1', 1],
    ['3051199919', 3051199919],
    ['4294967295', 4294967295],
    ['4294967296', undefined],
    ['0000000000000000000000004294967295', 4294967295],
    ['00', 0],
    ['9'.repeat(400), undefined]
  ]
  for (const [text, value] of cases) t.equal(readUnsigned32(text), value, text)
  for (const text of NONE) t.equal(readUnsigned32(text), undefined, JSON.stringify(text))
})

t.test('reads an unsigned 64-bit integer into canonical decimal', async (t) => {
  const cases: Array<[string, string | undefined]> = [
    ['0', '0'],
    ['000', '0'],
    ['2533274790412952', '2533274790412952'],
    ['0002533274790412952', '2533274790412952'],
    // More than a JavaScript number holds to the digit.
    ['9007199254740993', '9007199254740993'],
    ['18446744073709551615', '18446744073709551615'],
    ['00000018446744073709551615', '18446744073709551615'],
    ['18446744073709551616', undefined],
    ['99999999999999999999', undefined],
    ['100000000000000000000', undefined],
    ['9'.repeat(100_000), undefined]
  ]
  for (const [text, value] of cases) t.equal(readUnsigned64(text), value, text.slice(0, 40))
  for (const text of NONE) t.equal(readUnsigned64(text), undefined, JSON.stringify(text))
})
