import t from 'tap'
import { curlOf } from '../../../src/console/text/curl.ts'

t.test('a shell waits for no body of an answer to HEAD', async (t) => {
  t.equal(curlOf('http://127.0.0.1:5280', { method: 'HEAD', path: '/a?b=c' }), 'curl -I \'http://127.0.0.1:5280/a?b=c\'')
  t.equal(curlOf('http://127.0.0.1:5280', { method: 'GET', path: '/a' }), 'curl http://127.0.0.1:5280/a')
})
