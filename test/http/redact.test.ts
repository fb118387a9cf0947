import t from 'tap'
import { redact, redactFrame, redactHeader, redactPath, redactQuery } from '../../src/http/redact.ts'

t.test('redactPath', async (t) => {
  const cases: Array<[string, string]> = [
    ['/_emulator/sessions/hash/SECRET', '/_emulator/sessions/…'],
    ['/_EMULATOR/Sessions/hash/SECRET/', '/_EMULATOR/Sessions/…'],
    ['/%5Femulator/%73essions/hash/SECRET', '/_emulator/sessions/…'],
    ['/_emulator%2fsessions%2Fhash%2FSECRET', '/_emulator/sessions/…'],
    ['/_emulator/session/SECRET%zz', '/_emulator/session/…'],
    ['/x/../_emulator//sessions/hash/SECRET\n', '/x/../_emulator//sessions/…'],
    ['http://localhost/_emulator/sessions/hash/SECRET', 'http://localhost/_emulator/sessions/…'],
    ['/users/XBL3.0%20x=hash;SECRET/SECRET', '/users/XBL3.0%20x=…'],
    ['/users/XBL3%252E0%2520x%253Dhash;SECRET', '/users/XBL3%252E0%2520x%253D…'],
    ['/xbl3.0+x%3Dhash%3BSECRET', '/xbl3.0+x%3D…'],
    ['/_emulator/sessions', '/_emulator/sessions'],
    ['/_emulator/sessions/', '/_emulator/sessions/'],
    ['/users/xuid%281%29/achievements', '/users/xuid%281%29/achievements'],
    ['/_emulator/x?token=SECRET', '/_emulator/x'],
    ['/oauth20_token.srf%3Fcode=SECRET&a=b', '/oauth20_token.srf%3Fcode=…&a=b'],
    ['/x%253fa%3Db%2526access%5Ftoken%253DSECRET', '/x%253fa%3Db%2526access%5Ftoken%253D…'],
    ['/XBL3.0%20x=hash;SECRET%3F%23refresh_token=SECRET', '/XBL3.0%20x=…%3F%23refresh_token=…'],
    ['/oauth20_desktop.srf&code=SECRET', '/oauth20_desktop.srf&code=…'],
    ['/oauth20_token.srf/a=b%3Fc=d', '/oauth20_token.srf/a=b%3Fc=d'],
    ['/_emulator/sessions/hash?x', '/_emulator/sessions/…']
  ]
  for (const [path, shown] of cases) t.equal(redactPath(path), shown, path)
})

t.test('redactQuery', async (t) => {
  const cases: Array<[string, string]> = [
    ['code=SECRET', 'code=…'],
    ['a=b&NONCE=SECRET%2B%2F%3D&c=d', 'a=b&NONCE=…&c=d'],
    ['a=1&Access_Token=SECRET&b=2&client_secret=SECRET', 'a=1&Access_Token=…&b=2&client_secret=…'],
    ['c%6Fde=SECRET&access%5ftoken=SECRET', 'c%6Fde=…&access%5ftoken=…'],
    ['=code=1&a=code=1&xcode=1&code', '=code=1&a=code=1&xcode=1&code'],
    ['a=XBL3%2E0%20x=hash;SECRET', 'a=XBL3%2E0%20x=…'],
    ['authorization=XBL3.0%20x=hash;SECRET&a=1', 'authorization=…&a=1'],
    ['a=XBL3.0+x%3Dhash%3BSECRET&b=2', 'a=XBL3.0+x%3D…&b=2'],
    ['continuationToken=abc&token=', 'continuationToken=abc&token='],
    ['a=1&RpsTicket=SECRET&user-key=SECRET&xsts_token=SECRET&+code=SECRET&code_verifier=SECRET', 'a=1&RpsTicket=…&user-key=…&xsts_token=…&+code=…&code_verifier=…'],
    ['a=XBL3.0%20x=hash;SECRET/SECRET==&b=2', 'a=XBL3.0%20x=…&b=2'],
    ['code=SECRET?SECRET%26a%3DSECRET%3FSECRET%2526SECRET&b=2#c', 'code=…&b=2#c'],
    ['a=b#access_token=SECRET&c=d', 'a=b#access_token=…&c=d'],
    ['to=http://x/?code=SECRET&b=2', 'to=http://x/?code=…&b=2'],
    ['to=http%3A%2F%2Fx%2F%3Fa%3D1%26c%6Fde%3DSECRET%2526SECRET%26b%3D2%23token%3dSECRET&c=3', 'to=http%3A%2F%2Fx%2F%3Fa%3D1%26c%6Fde%3D…%26b%3D2%23token%3d…&c=3'],
    ['to=%252Fx%253Fcode%253DSECRET%25252FSECRET%2526b', 'to=%252Fx%253Fcode%253D…%2526b'],
    ['continuationToken=a%26b%3Dc', 'continuationToken=a%26b%3Dc'],
    ['titleId=1&unlockedOnly=true', 'titleId=1&unlockedOnly=true']
  ]
  for (const [query, shown] of cases) t.equal(redactQuery(query), shown, query)
})

t.test('redact', async (t) => {
  t.equal(redact('The XUID is "XBL3.0 x=hash;SECRET"; expected'), 'The XUID is "XBL3.0 x=…"; expected')
  t.equal(redact('expected "XBL3.0 x=<userhash>;<token>".'), 'expected "XBL3.0 x=<userhash>;<token>".')
})

t.test('redactHeader', async (t) => {
  for (const [name, value, shown] of [
    ['authorization', 'Bearer SECRET', 'Bearer …'],
    ['x-any-key', 'SECRET', '…'],
    ['www-authenticate', 'Bearer', 'Bearer'],
    ['location', 'http://localhost/x?state=1&code=SECRET', 'http://localhost/x?state=1&code=…'],
    ['referer', '/_emulator/sessions/hash/SECRET', '/_emulator/sessions/…'],
    ['x-text', 'XBL3.0 x=hash;SECRET', 'XBL3.0 x=…'],
    ['location', 'http://localhost/x?state=1#access_token=SECRET', 'http://localhost/x?state=1#access_token=…'],
    ['dpop', 'SECRET', '…'],
    ['client-assertion', 'SECRET', '…'],
    ['x-pass', 'SECRET', '…'],
    ['x-text', 'a/b?c#d?e', 'a/b?c#d?e'],
    ['x-text', '%zz', '%zz'],
    ['x-text', 'plain', 'plain'],
    ['x-text', '', '']
  ] as const) t.equal(redactHeader(name, value), shown, `${name}: ${value}`)
})

t.test('redactFrame', async (t) => {
  const cases: Array<[string, string]> = [
    ['[1,1,"https://rta.xboxlive.com/a?nonce=SECRET&b=1"]', '[1,1,"https://rta.xboxlive.com/a?nonce=…&b=1"]'],
    ['[1,1,"https://x/#access_token=SECRET","?key=SECRET"]', '[1,1,"https://x/#access_token=…","?key=…"]'],
    ['[1,1,"XBL3.0 x=hash;SECRET"]', '[1,1,"XBL3.0 x=…"]'],
    ['[3,0,{"achievementName":"Really? Yes","token":"?"}]', '[3,0,{"achievementName":"Really? Yes","token":"?"}]'],
    [`[${'?a=b"'.repeat(1000)}`, `[${'?a=b"'.repeat(1000)}`],
    ['', '']
  ]
  for (const [text, shown] of cases) t.equal(redactFrame(text), shown, text.slice(0, 100))
})
