import t from 'tap'
import { curlOf } from '../../../src/console/text/curl.ts'

const ORIGIN = 'http://127.0.0.1:5280'

t.test('a request as a line for a shell', async (t) => {
  t.equal(curlOf(ORIGIN, { method: 'GET', path: '/a' }), 'curl http://127.0.0.1:5280/a')
  t.equal(curlOf(ORIGIN, { method: 'DELETE', path: '/a?b=c' }), 'curl -X DELETE \'http://127.0.0.1:5280/a?b=c\'')
  t.equal(curlOf(ORIGIN, { method: 'PUT', path: '/$(x)', headers: { a: 'b\'c', 'x-y': '1' }, body: { d: 'it\'s' } }),
    'curl -X PUT -H \'a: b\'\\\'\'c\' -H \'x-y: 1\' \'http://127.0.0.1:5280/$(x)\' -d \'{"d":"it\'\\\'\'s"}\'')
})

t.test('a shell waits for no body of an answer to HEAD', async (t) => {
  t.equal(curlOf(ORIGIN, { method: 'HEAD', path: '/a' }), 'curl -I http://127.0.0.1:5280/a')
})

t.test('curl takes an address and headers as they are', async (t) => {
  t.equal(curlOf(ORIGIN, { method: 'GET', path: '/a?ids=[1-2]' }), 'curl -g \'http://127.0.0.1:5280/a?ids=[1-2]\'')
  t.equal(curlOf(ORIGIN, { method: 'GET', path: '/a/../b?c=/./' }), 'curl --path-as-is \'http://127.0.0.1:5280/a/../b?c=/./\'')
  t.equal(curlOf(ORIGIN, { method: 'GET', path: '/a.b/..c?d=/../' }), 'curl \'http://127.0.0.1:5280/a.b/..c?d=/../\'')
  t.equal(curlOf(ORIGIN, { method: 'GET', path: '/a', headers: { 'x-empty': '' } }), 'curl -H \'x-empty;\' http://127.0.0.1:5280/a')
})
