import t from 'tap'
import { pictureAddress } from '../../../src/console/text/picture-address.ts'

const ORIGIN = 'http://127.0.0.1:5280'

t.test('pictures come from http, https and the emulator', async (t) => {
  t.equal(pictureAddress('https://images.example/a.png', ORIGIN), 'https://images.example/a.png')
  t.equal(pictureAddress('http://images.example/a b.png', ORIGIN), 'http://images.example/a%20b.png')
  t.equal(pictureAddress('/pictures/1.png', ORIGIN), `${ORIGIN}/pictures/1.png`)
  t.equal(pictureAddress('HTTPS://images.example', ORIGIN), 'https://images.example/')
})

t.test('everything else is no picture', async (t) => {
  for (const text of [undefined, null, '', '  ', 'javascript:alert(1)', ' JavaScript:alert(1)', 'java\nscript:alert(1)', 'data:image/svg+xml,<svg/>', 'file:///etc/passwd', 'blob:x', 'about:blank', 'http://', 'https://[']) {
    t.equal(pictureAddress(text, ORIGIN), undefined, String(text))
  }
})
