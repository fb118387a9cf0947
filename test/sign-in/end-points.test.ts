import t from 'tap'
import { build, SAMPLE_TITLE } from '../helper.ts'

const END_POINTS = {
  EndPoints: [
    { Protocol: 'https', Host: '*.xboxlive.com', HostType: 'wildcard', RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', SignaturePolicyIndex: 0 },
    { Protocol: 'https', Host: 'sisu.xboxlive.com', HostType: 'fqdn', RelyingParty: 'http://sisu.xboxlive.com/', TokenType: 'JWT', SignaturePolicyIndex: 0 },
    { Protocol: 'http', Host: '*.xboxlive.com', HostType: 'wildcard' }
  ],
  SignaturePolicies: [{ Version: 1, SupportedAlgorithms: ['ES256'], MaxBodyBytes: 8192 }, { Version: 1, SupportedAlgorithms: ['ES256'], MaxBodyBytes: 4294967295 }],
  Certs: [],
  RootCerts: []
}

t.test('which token each host wants: everybody is told the default', async (t) => {
  const emulator = build(t)
  for (const query of ['?type=1', '', '?type=2&x']) {
    const response = await emulator.get(`/titles/default/endpoints${query}`, { session: null, headers: { 'x-xbl-contract-version': '1' } })
    t.strictSame([response.statusCode, response.json()], [200, END_POINTS], query)
  }
})

t.test('who has a token, the same for a title', async (t) => {
  for (const dialect of ['documented', 'live'] as const) {
    const emulator = build(t, { config: { dialect } })
    for (const path of ['/titles/current/endpoints', '/titles/CURRENT/endpoints?type=1', `/titles/${SAMPLE_TITLE}/endpoints`, '/titles/1739947436/endpoints']) {
      const response = await emulator.get(path)
      t.strictSame([response.statusCode, response.json()], [200, END_POINTS], path)
      t.equal((await emulator.get(path, { session: 'demo;titleless' })).statusCode, 200)
      for (const session of [null, 'demo;nobody', 'demo;expired']) {
        const none = await emulator.get(path, { session })
        t.strictSame([none.statusCode, none.headers['www-authenticate']], [401, 'XBL3.0'], `${path} ${session}`)
      }
    }
    for (const [id, status] of [['1', 404], ['4294967296', 400], ['x', 400], ['-1', 400]] as const) t.equal((await emulator.get(`/titles/${id}/endpoints`)).statusCode, status, id)
  }
  const { get } = build(t)
  t.strictSame((await get('/titles/1/endpoints')).json(), { errorCode: null, errorMessage: 'There is no title 1.' })
  t.strictSame((await get('/titles/x/endpoints')).json(), { errorCode: 4000, errorMessage: 'The title id is "x"; expected an unsigned 32-bit integer in decimal.' })
})

t.test('faults happen to it, by the claims of a token where it needs one', async (t) => {
  const emulator = build(t)
  await emulator.app.ready()
  emulator.emulator.faults.add({ method: null, path: '/titles/*', xuid: null, titleId: SAMPLE_TITLE, status: 503, location: null, retryAfter: null, headers: null, body: null, effect: null, delay: null, enabled: true, times: null, probability: 1, seed: null })
  t.equal((await emulator.get('/titles/current/endpoints')).statusCode, 503)
  t.equal((await emulator.get('/titles/current/endpoints', { session: 'demo;titleless' })).statusCode, 200)
  t.equal((await emulator.get('/titles/default/endpoints')).statusCode, 200)
})
