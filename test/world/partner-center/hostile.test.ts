import { chmodSync, ftruncateSync, openSync, closeSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readXml } from '../../../src/world/partner-center/xml-source.ts'
import { thrownBy } from '../../thrown-error.ts'
import { achievement, achievements, ACHIEVEMENTS, findingsOf, importPair, localization, string, STRINGS } from './documents.ts'

const DOCTYPE = 'found a DOCTYPE, expected none: take it out, what it declares is not read'

t.test('any DOCTYPE is refused', async (t) => {
  const entity = (level: number): string => `<!ENTITY a${level} "${`&a${level - 1};`.repeat(10)}">`
  const laughs = `<!ENTITY a0 "ha">${Array.from({ length: 9 }, (_, index) => entity(index + 1)).join('')}`
  const cases: Array<[what: string, declared: string, place: string]> = [
    ['a billion laughs', `<!DOCTYPE Achievements2017 [${laughs}]>`, '1:1'],
    ['a long entity, often', `<!DOCTYPE Achievements2017 [<!ENTITY a9 "${'x'.repeat(100_000)}">]>`, '1:1'],
    ['an external entity', '<?xml version="1.0"?>\n<!-- x -->\n  <!DOCTYPE Achievements2017 [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>', '3:3'],
    ['an external document type', '<!DOCTYPE Achievements2017 SYSTEM "http://127.0.0.1:1/a.dtd">', '1:1'],
    ['a parameter entity', '<!DOCTYPE Achievements2017 [<!ENTITY % a9 SYSTEM "http://127.0.0.1:1/a.dtd"> %a9;]>', '1:1'],
    ['nothing', '<!DOCTYPE Achievements2017>', '1:1']
  ]
  for (const [what, declared, place] of cases) {
    t.strictSame(findingsOf(t, { achievements: `${declared}${achievements(achievement({ IconImageId: '&a9;' }))}` }), [`a.xml:${place}: ${DOCTYPE}`], what)
    t.strictSame(findingsOf(t, { localization: `${declared}${localization(...STRINGS)}` }), [`l.xml:${place}: ${DOCTYPE}`], what)
  }
  t.strictSame(findingsOf(t, { achievements: '<!DOCTYPE x [' }), ['a.xml:1:13: not well-formed XML: document must contain a root element'], 'one without an end')
})

t.test('a document that mentions a DOCTYPE in a text', async (t) => {
  const { document } = importPair(t, {
    achievements: `<!-- <!DOCTYPE x> -->${achievements(achievement())}`,
    localization: localization(string('name', { 'en-US': '<![CDATA[<!DOCTYPE x>]]>' }), ...STRINGS.slice(1))
  })
  t.strictSame((document.titles[0] as { achievements: Array<{ name: string }> }).achievements.map(({ name }) => name), ['<!DOCTYPE x>'])
})

t.test('deeply nested elements', async (t) => {
  t.strictSame(findingsOf(t, { achievements: `<Achievements2017 xmlns="${ACHIEVEMENTS}">${'<a>'.repeat(1_000_000)}` }), [
    'a.xml:1:84: found <a> in <Achievements2017>, expected <Achievement>'
  ])
})

t.test('element names that every object inherits', async (t) => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  for (const name of names) {
    const { document } = importPair(t, {
      achievements: achievements(achievement({ AchievementNameId: name, IconImageId: name })),
      localization: localization(string(name, { 'en-US': name }), ...STRINGS).replace('<Value', `<Value ${name}="x"`)
    })
    t.strictSame((document.titles[0] as { achievements: object[] }).achievements, [{
      id: 1, name, description: 'the unlocked', lockedDescription: 'the locked', isSecret: false, rewards: [{ type: 'Gamerscore', value: '10' }], mediaAssets: [{ name, type: 'Icon', url: `https://images.example.com/${name}.png` }]
    }])
  }
})

t.test('an element with a hundred thousand attributes is accepted', async (t) => {
  const attributes = Array.from({ length: 100_000 }, (_, index) => ` a${index}=""`).join('')
  t.strictSame(importPair(t, { achievements: achievements(achievement()).replace('<Achievement>', `<Achievement${attributes}>`) }).document, importPair(t).document)
})

t.test('paths that are not regular files', async (t) => {
  const folder = t.testdir({ folder: {} })
  const path = (name: string): string => join(folder, name)
  const problem = (file: string): string => thrownBy(() => readXml(file)).message
  symlinkSync('round.xml', path('round.xml'))
  t.equal(problem(path('missing.xml')), `${path('missing.xml')}: found no such file or folder, expected an XML file`)
  t.equal(problem(path('folder')), `${path('folder')}: found a folder, expected an XML file`)
  t.equal(problem(path('round.xml')), `${path('round.xml')}: cannot be read: ELOOP: too many symbolic links encountered, stat '${path('round.xml')}'`)
  t.equal(problem('/dev/null'), '/dev/null: found something that is no file, expected an XML file')
})

t.test('a file without read permission', { skip: process.getuid?.() === 0 && 'root reads everything' }, async (t) => {
  const file = join(t.testdir({ 'a.xml': achievements() }), 'a.xml')
  chmodSync(file, 0)
  t.equal(thrownBy(() => readXml(file)).message, `${file}: cannot be read: EACCES: permission denied, open '${file}'`)
})

t.test('files that are too large are not read', async (t) => {
  const folder = t.testdir({})
  /** A sparse file, which takes no space on the disk. */
  const sparse = (name: string, size: number): string => {
    const file = join(folder, name)
    const descriptor = openSync(file, 'w')
    ftruncateSync(descriptor, size)
    closeSync(descriptor)
    return file
  }
  const problem = (file: string): string => thrownBy(() => readXml(file)).message
  const MB = 1024 * 1024
  const large = sparse('large.xml', 100 * MB)
  t.equal(problem(large), `${large}: found 100 MB, expected at most 50: is it the right file?`)
  const larger = sparse('larger.xml', 4_000_000 * MB)
  t.equal(problem(larger), `${larger}: found 4000000 MB, expected at most 50: is it the right file?`)
  const above = sparse('above.xml', 50 * MB + 1)
  t.equal(problem(above), `${above}: found 51 MB, expected at most 50: is it the right file?`)
})

t.test('the largest file is read', async (t) => {
  const folder = t.testdir({})
  const file = join(folder, 'a.xml')
  const text = achievements(achievement())
  writeFileSync(file, text.padEnd(50 * 1024 * 1024))
  t.equal(readXml(file).text.trimEnd(), text)
})

t.test('encodings', async (t) => {
  const plain = achievements(achievement())
  const NOT_UTF_8 = 'found bytes that are not UTF-8; save it as UTF-8, or as UTF-16 with a byte order mark'
  const NOT_UTF_16 = NOT_UTF_8.replace('UTF-8;', 'UTF-16;')
  const NO_MARK = 'found UTF-16 without a byte order mark, expected one; save it with the mark, or as UTF-8'
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>${plain}`
  const lies = (found: string, expected: string): string => `a.xml:1:1: found encoding "${found}" in the declaration, expected ${expected}, which the file is; correct the one or the other`
  const cases: Array<[what: string, achievements: string | Uint8Array, problem: string]> = [
    ['Latin 1', Buffer.from(plain.replace('icon', 'caf\u00e9'), 'latin1'), `a.xml:2:${plain.split('\n')[1]?.indexOf('icon') as number + 4}: ${NOT_UTF_8}`],
    ['half a character at the end', Buffer.from(`${plain}\u00e9`).subarray(0, -1), `a.xml:3:20: ${NOT_UTF_8}`],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), `a.xml:1:1: ${NOT_UTF_8}`],
    ['UTF-16 without a mark', Buffer.from(plain, 'utf16le'), `a.xml:1:1: ${NO_MARK}`],
    ['UTF-16 without a mark, the big end first', Buffer.from(plain, 'utf16le').swap16(), `a.xml:1:1: ${NO_MARK}`],
    ['half a pair of surrogates', Buffer.from(`\uFEFF${plain.replace('icon', '\ud800')}`, 'utf16le'), `a.xml:2:${plain.split('\n')[1]?.indexOf('icon') as number + 1}: ${NOT_UTF_16}`],
    ['an odd byte', Buffer.from([0xFF, 0xFE, 0x3C]), `a.xml:1:1: ${NOT_UTF_16}`],
    ['UTF-8 that calls itself UTF-16', declared('utf-16'), lies('utf-16', 'utf-8')],
    ['UTF-8 that calls itself Latin 1', declared('iso-8859-1'), lies('iso-8859-1', 'utf-8')],
    ['UTF-16 that calls itself UTF-8', Buffer.from(`\uFEFF${declared('utf-8')}`, 'utf16le'), lies('utf-8', 'utf-16')],
    ['one byte', new Uint8Array([0]), `a.xml:1:1: ${NO_MARK}`]
  ]
  for (const [what, achievements, problem] of cases) t.strictSame(findingsOf(t, { achievements }), [problem], what)
})
