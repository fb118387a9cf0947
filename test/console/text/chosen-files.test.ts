import t from 'tap'
import { chooseFiles, decodeFile, importLine, needsTitle, readTitleId } from '../../../src/console/text/chosen-files.ts'

const file = (name: string, size = 10) => ({ name, size })
const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)

t.test('of what is chosen, worlds and documents are read', async (t) => {
  const files = ['w/a.json', 'w/B.XML', 'w/c.zip', 'w/readme.md', 'w/.hidden.json', '__MACOSX/a.json', 'w/node_modules/x.json'].map((name) => file(name))
  t.strictSame(chooseFiles(files, 1000), { wanted: files.slice(0, 3), passedOver: 4, problem: null })
})

t.test('what cannot be read is said in advance', async (t) => {
  t.match(chooseFiles([file('a.txt')], 9).problem, /^a\.txt: found no world \(\.json\) and no document of Partner Center \(\.xml\), expected one$/)
  t.match(chooseFiles([], 9).problem, /^0 files: found no world/)
  t.match(chooseFiles([file('a.txt'), file('b.txt')], 9).problem, /^2 files: /)
  t.equal(chooseFiles(Array.from({ length: 2001 }, (_none, index) => file(`${index}.json`)), 1e9).problem, 'found 2001 files, expected at most 2000; choose the folder of the world alone')
  t.equal(chooseFiles([file('big.json', 100 * 1024 * 1024)], 2 * 1024 * 1024).problem,
    'found 100 MB, expected at most 2 MB, for the memory of the emulator; start it with the file instead: xbl-achievements start --world big.json')
})

t.test('UTF-8 and UTF-16 are decoded, with and without a byte order mark', async (t) => {
  t.strictSame(decodeFile('a', bytes(0xEF, 0xBB, 0xBF, 0x7B, 0x7D)), { name: 'a', text: '{}', encoding: 'UTF-8' })
  t.strictSame(decodeFile('a', bytes(0xFF, 0xFE, 0x7B, 0, 0x7D, 0)), { name: 'a', text: '{}', encoding: 'UTF-16' })
  t.strictSame(decodeFile('a', bytes(0xFE, 0xFF, 0, 0x7B, 0, 0x7D)), { name: 'a', text: '{}', encoding: 'UTF-16' })
  t.strictSame(decodeFile('a', bytes()), { name: 'a', text: '', encoding: 'UTF-8' })
})

t.test('an archive is sent as its first letters', async (t) => {
  t.strictSame(decodeFile('a.json', bytes(0x50, 0x4B, 3, 4, 0xFF)), { name: 'a.json', text: 'PK\u0003\u0004', encoding: 'UTF-8' })
})

t.test('what is not the encoding that it seems to be has a place', async (t) => {
  t.throws(() => decodeFile('a.json', bytes(0x7B, 0x0A, 0x20, 0xE4, 0x7D)), { message: 'a.json:2:2: found bytes that are not UTF-8; save it as UTF-8, or as UTF-16 with a byte order mark' })
  t.throws(() => decodeFile('a.json', bytes(0xFF, 0xFE, 0x7B)), { message: 'a.json:1:1: found bytes that are not UTF-16; save it as UTF-8, or as UTF-16 with a byte order mark' })
  for (const start of [[0x7B, 0], [0, 0x7B]]) t.throws(() => decodeFile('a.xml', bytes(...start)), { message: 'a.xml: found UTF-16 without a byte order mark, expected one; save it with the mark, or as UTF-8' })
})

t.test('documents of Partner Center want a title.json in their folder', async (t) => {
  t.equal(needsTitle(['achievements2017.xml', 'localization.xml']), true)
  t.equal(needsTitle(['t/achievements2017.xml', 'title.json']), true)
  t.equal(needsTitle(['t/achievements2017.xml', 't/Title.json']), false)
  t.equal(needsTitle(['a.json']), false)
})

t.test('a title id may be hexadecimal', async (t) => {
  t.strictSame(['0x4B4E01A7', ' 12 ', '4B4E', ''].map(readTitleId), [1263403431, 12, '4B4E', ''])
})

t.test('a shell does the same by the route that is made for it', async (t) => {
  const at = 'http://h'
  t.equal(importLine(at, ["it's.json"], { mode: 'merge', dryRun: false }), "curl -X PATCH http://h/_emulator/world -d '@it'\\''s.json'")
  t.equal(importLine(at, ['a.json'], { mode: 'replace', dryRun: false }), "curl -X PUT http://h/_emulator/world -d '@a.json'")
  for (const [names, dryRun] of [[['a.json'], true], [['a.json', 'b.json'], false], [['a.xml'], false], [[], false]] as const) t.equal(importLine(at, names, { mode: 'merge', dryRun }), 'curl -X POST http://h/_emulator/world/import -d @files.json')
})
