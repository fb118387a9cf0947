import t from 'tap'
import { readConnectArguments } from '../../../src/server/intercept/connect-arguments.ts'
import { isProxy } from '../../../src/server/intercept/proxies.ts'
import { setVariables } from './stand-ins.ts'

t.test('the proxies that the environment names', async (t) => {
  setVariables(t, {
    HTTP_PROXY: 'http://user:secret@Proxy.test',
    https_proxy: 'https://proxy.test/',
    All_Proxy: 'socks5://socks.test:1080',
    npm_config_proxy: 'bare.test:3128',
    SIX_PROXY: 'http://[::1]:8080',
    BAD_PROXY: 'http://[',
    EMPTY_PROXY: '',
    PROXY: 'http://other.test',
    HTTP_PROXY_HOST: 'http://other.test'
  })
  for (const [host, port] of [['proxy.test', 80], ['PROXY.test', '443'], ['proxy.test.', 443], ['socks.test', 1080], ['bare.test', 3128], ['::1', 8080]]) {
    t.equal(isProxy({ host, port }), true, `${host} ${port}`)
  }
  for (const [host, port] of [['proxy.test', 8080], ['bare.test', 80], ['other.test', 80], ['test', 80], ['', 80], [undefined, undefined], [5, 80]]) {
    t.equal(isProxy({ host, port }), false, `${host} ${port}`)
  }
})

t.test('the forms in which a connection is asked for', async (t) => {
  const done = (): void => {}
  const inherited = Object.create({ host: 'h', port: 1 })
  const forms: Array<[unknown[], object, (() => void)?]> = [
    [[443], { port: 443 }],
    [['443', 'h', done], { port: '443', host: 'h' }, done],
    [[443, { host: 'h' }], { port: 443, host: 'h' }],
    [[443, 'h', { host: 'i', servername: 's' }, done], { port: 443, host: 'i', servername: 's' }, done],
    [['/path', done], { path: '/path' }, done],
    [[{ host: 'h' }, done], { host: 'h' }, done],
    [[[{ host: 'h' }, null]], { host: 'h' }],
    [[[{ host: 'h' }, done]], { host: 'h' }, done],
    [[{ host: 'h' }, { port: 1 }], { host: 'h', port: 1 }],
    [[null, 'h'], { port: null, host: 'h' }],
    [[], { port: undefined }]
  ]
  for (const [args, options, callback] of forms) t.strictSame(readConnectArguments(args), { options, callback })
  t.equal(readConnectArguments([inherited]).options, inherited)
})
