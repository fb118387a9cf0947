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
