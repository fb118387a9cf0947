import { SaxesParser } from 'saxes'
import t from 'tap'
import { drawPicture, initialsOf, picturePathOf } from '../../src/http/picture.ts'

const GUID = '0c0b93d5-cdb7-8871-ad42-4090da75f959'

t.test('initials are the first letters of the first two words', async (t) => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'
  for (const [name, expected] of [
    ['First Light', 'FL'],
    ['one', 'o'],
    ['  Tea\twith Maren', 'Tw'],
    ['最初の灯', '最'],
    ['e\u0301tape \u{1f600}x', 'e\u0301\u{1f600}'],
    [`${family}x y`, `${family}y`],
    // Of a letter that is too long, the first character.
    [`a${'\u0301'.repeat(20)} b`, 'ab'],
    [`\u{1f600}${'\u0301'.repeat(20)}`, '\u{1f600}'],
    // The longest letter.
    [`a${'\u0301'.repeat(15)}`, `a${'\u0301'.repeat(15)}`],
    ['<b> "&"', '<"'],
    ['/ . ', '/.'],
    ['', '?'],
    [' \n ', '?'],
    // What XML cannot write.
    ['\u0000\u0001 \ufffe', '?'],
    ['\ud800 \udc00x', '?'],
    ['\u0007 b', 'b'],
    ['x'.repeat(100_000), 'x']
  ] as const) {
    t.equal(initialsOf(name), expected, JSON.stringify(name.slice(0, 20)))
    t.ok(initialsOf(name).length <= 32)
  }
})

t.test('the path and the SVG of a picture', async (t) => {
  t.equal(picturePathOf({ guid: GUID, initials: '</ %' }), `/pictures/${GUID}/%3C%2F%20%25.svg`)
  t.equal(drawPicture({ guid: GUID, initials: '<&' }), `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
<rect width="128" height="128" fill="hsl(53,45%,35%)"/>
<text x="64" y="64" fill="#fff" font-family="sans-serif" font-size="56" text-anchor="middle" dominant-baseline="central">&lt;&amp;</text>
</svg>
`)
})

t.test('a picture with any initials is well-formed XML that shows them', async (t) => {
  for (const initials of ['AB', '<&>"\'', ']]>', '\t\n\r', '\u{1f600}', '&amp;', '--', '%']) {
    let text = ''
    const parser = new SaxesParser()
    parser.on('text', (part) => { text += part })
    parser.on('error', (error) => { throw error })
    parser.write(drawPicture({ guid: GUID, initials })).close()
    t.equal(text.trim(), initials.trim(), JSON.stringify(initials))
  }
})
