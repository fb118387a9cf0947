import t from 'tap'
import type { Emulator } from '../../src/index.ts'
import type { TokenKind } from '../../src/model/session.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareStore } from '../../src/store/store.ts'
import { command, worldText } from '../control/client.ts'
import { build, GAMER, listOf, NOW } from '../helper.ts'
import { start } from '../in-process.ts'
import { codeForm, postForm, postUser, postXsts, refreshForm, signIn, userBody, userTokenOf, xstsBody } from './client.ts'

const LIST = listOf(GAMER)

const send = async ({ url }: Emulator, path: string, body: object): Promise<{ status: number, body: any }> => {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() }
}

t.test('tokens survive a restart with a database file', async (t) => {
  const database = `${t.testdir()}/world.db`
  const first = await start(t, { database })
  const user = await send(first, '/user/authenticate', userBody('gamer'))
  const xsts = await send(first, '/xsts/authorize', xstsBody(user.body.Token))
  await first.close()
  const second = await start(t, { database })
  const headers = { authorization: `XBL3.0 x=${xsts.body.DisplayClaims.xui[0].uhs};${xsts.body.Token}`, 'x-xbl-contract-version': '2' }
  t.equal((await fetch(second.url + LIST, { headers })).status, 200)
  t.equal((await send(second, '/xsts/authorize', xstsBody(user.body.Token))).status, 200)
  second.clock.shift('P1D')
  t.equal((await fetch(second.url + LIST, { headers })).status, 401, 'by the clock of the emulator')
  second.clock.shift('P14D')
  t.equal((await send(second, '/xsts/authorize', xstsBody(user.body.Token))).status, 401)
})

t.test('an export holds XSTS tokens and no other token, and starts the same emulator', async (t) => {
  const emulator = build(t)
  const { access_token: access, refresh_token: refresh } = (await postForm(emulator, codeForm('gamer'))).json()
  const user = await userTokenOf(emulator, access)
  const session = await signIn(emulator, access, { SandboxId: 'RETAIL' })
  const exported = await worldText(emulator)
  t.ok(exported.includes(session.split(';')[1] as string))
  for (const token of [access, refresh, user]) t.notOk(exported.includes(token))
  const again = build(t, { world: JSON.parse(exported) })
  t.equal(await worldText(again), exported)
  t.equal((await again.get(LIST, { session })).statusCode, 200)
  t.equal((await postXsts(again, user)).statusCode, 401)
})

t.test('a reset ends XSTS tokens, which are part of the world, and leaves all other tokens', async (t) => {
  const emulator = build(t)
  const before = await worldText(emulator)
  const { access_token: access, refresh_token: refresh } = (await postForm(emulator, codeForm('gamer'))).json()
  const user = await userTokenOf(emulator, access)
  const session = await signIn(emulator, access)
  await command(emulator, 'POST', '/reset')
  t.equal(await worldText(emulator), before)
  t.equal((await emulator.get(LIST, { session })).statusCode, 401)
  t.strictSame([(await postXsts(emulator, user)).statusCode, (await postUser(emulator, access)).statusCode, (await postForm(emulator, refreshForm(refresh))).statusCode], [200, 200, 200])
  await command(emulator, 'PUT', '/world', { users: [{ xuid: GAMER, gamertag: 'another' }] })
  t.match((await postXsts(emulator, user)).json(), { DisplayClaims: { xui: [{ gtg: 'another', xid: GAMER }] } })
  await command(emulator, 'PUT', '/world', {})
  t.equal((await postXsts(emulator, user)).statusCode, 401)
})

t.test('tokens that are issued at the last instant of the year 9999', async (t) => {
  const emulator = build(t)
  for (const now of ['9999-12-31T23:00:00Z', '9999-12-31T23:59:59.9999999Z']) {
    await command(emulator, 'PUT', '/clock', { now })
    const session = await signIn(emulator, 'gamer')
    t.equal((await emulator.get(LIST, { session })).statusCode, 200)
    t.match((await postUser(emulator, 'gamer')).json(), { NotAfter: '9999-12-31T23:59:59.9999999Z' })
  }
})

t.test('a user has a thousand XSTS tokens at most: the oldest is forgotten', async (t) => {
  const emulator = build(t)
  const first = await signIn(emulator, 'gamer')
  const friends = await signIn(emulator, 'friend')
  const user = await userTokenOf(emulator, 'gamer')
  for (let count = 0; count < 999; count++) await postXsts(emulator, user)
  t.equal((await emulator.get(LIST, { session: first })).statusCode, 200)
  await postXsts(emulator, user)
  t.equal((await emulator.get(LIST, { session: first })).statusCode, 401)
  for (const session of [friends, 'demo;friend']) t.equal((await emulator.get(listOf('2533274790412953'), { session })).statusCode, 200)
})

t.test('the oldest token is forgotten when its user has too many of its kind, or all users have too many', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => database.close())
  const { store: { signInTokens }, transact } = prepareStore(database)
  const expires = new Date(NOW).toISOString()
  const add = (kind: TokenKind, xuid: string, count: number): string[] => transact(({ write }) => Array.from({ length: count }, (_, index) => {
    const token = `${kind} ${xuid} ${index}`
    write.signInTokens.add(kind, token, { xuid, expires })
    return token
  }))
  const kept = (kind: TokenKind, tokens: readonly string[]): string[] => tokens.filter((token) => signInTokens.find(kind, token) !== undefined)
  const others = [['refresh', '1'], ['access', '1'], ['user', '1'], ['code', '2'], ['refresh', '2']] as const
  const before = others.map(([kind, xuid]) => add(kind, xuid, 1))
  const codes = add('code', '1', 11_000)
  t.strictSame(kept('code', codes), codes.slice(-1000))
  others.forEach(([kind], index) => t.strictSame(kept(kind, before[index] ?? []), before[index]))
  t.strictSame(signInTokens.find('code', codes.at(-1) ?? ''), { xuid: '1', expires, clientId: null, scope: null, redirectUri: null, codeChallenge: null })

  // Tokens of users who are gone are kept.
  const count = (): unknown => database.prepare('SELECT count(*) FROM sign_in_token').pluck().get()
  database.exec(`INSERT INTO sign_in_token (kind, token, xuid, expires)
    SELECT 'user', 'many ' || value, value, '${expires}' FROM (WITH RECURSIVE counter (value) AS (SELECT 3 UNION ALL SELECT value + 1 FROM counter LIMIT 100000) SELECT value FROM counter)`)
  t.equal(count(), 101_005)
  add('access', '2', 1000)
  t.ok(Number(count()) <= 101_000)
  t.strictSame(kept('code', codes), [])
  const plans = ['xuid = 1 AND kind = 1', "xuid = 1 AND kind = 'code' ORDER BY row DESC"].map((where) => database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT row FROM sign_in_token WHERE ${where}`).all())
  for (const plan of plans) t.strictSame(plan.map(({ detail }) => detail), ['SEARCH sign_in_token USING COVERING INDEX sign_in_token_by_user (xuid=? AND kind=?)'])
})
