import t from 'tap'
import { readTarget, canonicalPath } from '../../src/http/target.ts'

t.test('targets and their canonical spelling', async (t) => {
  for (const [sent, target, host] of [
    ['/users/xuid(1)/achievements?a=%28&b', '/users/xuid(1)/achievements?a=%28&b', 'sent'],
    ['/%5Femulator/%68ealth', '/_emulator/health', 'sent'],
    ['/users/xuid%281%29', '/users/xuid(1)', 'sent'],
    ['/%21%22%24%26%27%2a%2B%2c%3A%3b%3d%40%5B%5c%5d%5E%60%7b%7C%7d%7e', '/!"$&\'*+,:;=@[\\]^`{|}~', 'sent'],
    ['/a%2fb%25c%3fd%23e', '/a%2Fb%25c%3Fd%23e', 'sent'],
    ['/%2541%252f', '/%2541%252f', 'sent'],
    ['/%00%1f%20%7f%80%c3%a9', '/%00%1F%20%7F%80%C3%A9', 'sent'],
    ['/ \u007f\u00e9\u{1f600}\ud800', '/%20%7F%C3%A9%F0%9F%98%80%EF%BF%BD', 'sent'],
    ['/%zz%4', '/%zz%4', 'sent'],
    ['/%2541', '/%2541', 'sent'],
    ['//a/./../b\\c', '//a/./../b\\c', 'sent'],
    ['/users/me//profile///settings?x=//', '/users/me/profile/settings?x=//', 'sent'],
    ['/USERS//me', '/USERS/me', 'sent'],
    ['/common//v2.0/.well-known/openid-configuration', '/common/v2.0/.well-known/openid-configuration', 'sent'],
    ['/Consumers//oauth2/v2.0/token', '/Consumers/oauth2/v2.0/token', 'sent'],
    ['/9188040d-6c67-4c5b-b112-36a304b66dad//oauth2', '/9188040d-6c67-4c5b-b112-36a304b66dad/oauth2', 'sent'],
    ['/commons//v2.0', '/commons//v2.0', 'sent'],
    ['/%75sers//me', '/users/me', 'sent'],
    ['/users/me?x=//', '/users/me?x=//', 'sent'],
    ['//users//me', '//users//me', 'sent'],
    ['/_emulator/users//me', '/_emulator/users//me', 'sent'],
    ['/a#b?c', '/a', 'sent'],
    ['/a?b#c?d', '/a?b', 'sent'],
    ['/a?b=http://c/d%41', '/a?b=http://c/d%41', 'sent'],
    ['*', '*', 'sent'],
    ['', '/', 'sent'],
    ['http://host:80/p%61th?q=%61', '/path?q=%61', 'host:80'],
    ['HTTPS://user:password@[::1]:443', '/', '[::1]:443'],
    ['http://host?q@x', '/?q@x', 'host'],
    ['http:///x', '/x', ''],
    ['http://host//x', '//x', 'host']
  ] as const) {
    const headers = { host: 'sent' }
    t.equal(readTarget({ url: sent, headers }), target, sent)
    t.equal(headers.host, host, sent)
    t.equal(readTarget({ url: target, headers }), target, 'the canonical spelling stays as it is')
  }
  t.equal(readTarget({ headers: {} }), '/', 'no target')
})

t.test('a path as long as the headers of a request may be', async (t) => {
  t.equal(canonicalPath(`/${'%41'.repeat(100_000)}`), `/${'A'.repeat(100_000)}`)
  t.equal(canonicalPath(`/${'%'.repeat(100_000)}`), `/${'%'.repeat(100_000)}`)
})
