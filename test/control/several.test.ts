import t from 'tap'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { DEMO, GAMER, listOf } from '../helper.ts'
import { SCID, session, title, user } from '../world-parts.ts'
import { command, listen, refusal, sentBy } from './client.ts'

t.test('two emulators in one process are independent', async (t) => {
  const small = { titles: [title()], users: [user(), user({ xuid: GAMER, gamertag: 'another' })], sessions: [session({ xuid: '1', titleId: 1 })] }
  const demo = await listen(t, { config: { rateLimit: '1000,1000' } })
  const other = await listen(t, { world: small, config: { dialect: 'live' } })
  await command(demo, 'PUT', '/clock', { now: '2013-02-15T00:00:00Z' })
  await command(other, 'PUT', '/clock', { now: '2101-01-01T00:00:00Z' })
  await command(demo, 'POST', '/faults', { status: 410, xuid: GAMER, path: '/users/*/history/titles' })

  const ask = async ({ url }: { url: string }, path: string, authorization: string): Promise<unknown> => {
    const response = await fetch(url + path, { headers: { ...sentBy(), authorization } })
    return [response.status, JSON.parse((await response.text()).replace(/,"traceInformation":"[^"]*"/, ''))]
  }
  const rounds = Array.from({ length: 25 }, async (_, n) => {
    const mine = `XBL3.0 x=r;${n}`
    const [minted] = await Promise.all([
      command(demo, 'POST', '/sessions', { userHash: 'r', token: String(n), xuid: GAMER, titleId: 3051199919, sandbox: 'RETAIL', expires: '2014-01-01T00:00:00Z' }),
      command(other, 'PUT', `/users/1/achievements/${SCID}/1`, { percentComplete: n })
    ])
    t.equal(minted.authorization, mine)
    const answers = await Promise.all([
      ask(demo, listOf(GAMER, '?titleId=3051199919'), mine),
      ask(other, listOf(GAMER), mine),
      ask(demo, listOf('1'), 'XBL3.0 x=hash;token'),
      ask(demo, `/users/xuid(${GAMER})/history/titles`, mine),
      ask(other, '/users/xuid(1)/history/titles', 'XBL3.0 x=hash;token')
    ])
    t.strictSame(answers, [
      [200, LIST_SAMPLE],
      [401, { code: 23, source: 'Progress', description: 'No valid claims were found on the request.' }],
      [401, refusal(4500, 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.')],
      [410, refusal(null, 'A fault that a test has set up.')],
      [200, { titles: [], pagingInfo: { continuationToken: null, totalRecords: 0 } }]
    ])
  })
  await Promise.all(rounds)

  const summary = async (emulator: Parameters<typeof command>[0]): Promise<unknown> => {
    const { requests } = await command(emulator, 'GET', '/requests')
    return [requests.length, new Set(requests.map(({ time }: any) => time)), requests.filter(({ fault }: any) => fault !== null).length]
  }
  t.strictSame(await summary(demo), [75, new Set(['2013-02-15T00:00:00.0000000Z']), 25])
  t.strictSame(await summary(other), [50, new Set(['2101-01-01T00:00:00.0000000Z']), 0])
  t.strictSame([(await command(demo, 'GET', '/faults')).faults.length, (await command(other, 'GET', '/faults')).faults.length], [1, 0])

  await command(demo, 'POST', '/reset')
  t.strictSame(await command(demo, 'GET', '/world').then(({ sessions }) => sessions), DEMO.sessions)
  t.equal((await command(other, 'GET', '/world')).users[0].achievements.length, 1, 'a reset of the one is none of the other')
  await demo.app.close()
  t.equal((await fetch(`${other.url}/_emulator/ready`)).status, 200, 'nor is its end')
})
