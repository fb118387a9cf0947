import t from 'tap'
import { createOperations } from '../../src/operations/operations.ts'
import { migrate } from '../../src/store/migrate.ts'
import { prepareStore } from '../../src/store/store.ts'
import { DEMO, GAMER, NOW } from '../helper.ts'
import { openEarlier } from './earlier.ts'

/** The schema of the version before tokens knew to which application they were issued. */
const BEFORE = 10

t.test('tokens that were issued before are good for any application', async (t) => {
  const database = openEarlier(BEFORE, DEMO)
  t.teardown(() => { database.close() })
  const add = database.prepare('INSERT INTO sign_in_token (kind, token, xuid, expires) VALUES (?, ?, ?, ?)')
  for (const kind of ['code', 'refresh']) add.run(kind, `old ${kind}`, GAMER, '2030-01-01T00:00:00.0000000Z')
  migrate(database)
  const { store, transact } = prepareStore(database)
  const { run } = createOperations(transact)
  t.strictSame(store.signInTokens.find('code', 'old code'), { xuid: GAMER, expires: '2030-01-01T00:00:00.0000000Z', clientId: null, scope: null, redirectUri: null, codeChallenge: null })
  const shared = { clientId: 'any', scope: null, now: NOW }
  t.match(run('oauth.exchangeCode', { ...shared, code: 'old code', redirectUri: null, codeVerifier: null, accessToken: 'a', refreshToken: 'r' }), { user: { xuid: GAMER }, scope: 'XboxLive.signin XboxLive.offline_access' })
  t.match(run('oauth.refresh', { ...shared, credential: 'old refresh', accessToken: 'b', refreshToken: 's' }), { user: { xuid: GAMER } })
  t.strictSame(store.deviceCodes.list({ after: 0, limit: 10 }), [])
})
