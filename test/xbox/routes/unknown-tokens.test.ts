import t from 'tap'
import { startEmulator, ConfigError, type EmulatorOptions } from '../../../src/index.ts'
import { command, control, refusal, SERVICE_HEADERS } from '../../control/client.ts'
import { build, FRIEND, GAMER, listOf, singleOf, STRANGER } from '../../helper.ts'
import { OTHER_SCID, SCID, session, title, user } from '../../world-parts.ts'

/** As long as the operating system's, which are 2 to 4 kB of encrypted JSON. */
const OWN_TOKEN = `eyJlbmMiOiJBMTI4Q0JDK0hTMjU2IiwiYWxnIjoiUlNBLU9BRVAiLCJjdHkiOiJKV1QiLCJ6aXAiOiJERUYifQ.${'aZ09-_'.repeat(680)}.x`

/** Two titles that are not public, one of them published in a sandbox of its own. */
const WORLD = {
  titles: [
    title(),
    title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, sandboxes: ['XDKS.1'] })
  ],
  users: [user(), user({ xuid: '2', gamertag: 'bob' }), user({ xuid: '20', gamertag: '1' }), user({ xuid: '3', gamertag: '777' })],
  sessions: [session({ xuid: '2', titleId: 1 }), session({ token: 'old', xuid: '2', expires: '2020-01-01T00:00:00Z' })]
}

const unknown = (message = 'The token is not known, or the user hash is not the token\'s; expected those of a session of the world.') => refusal(4500, message)
const update = (scid: string, titleId: number, xuid = '1') => ({ action: 'progressUpdate', serviceConfigId: scid, titleId, userId: xuid, achievements: [{ id: '1', percentComplete: 100 }] })

t.test('without the option an unknown token is refused', async (t) => {
  const emulator = build(t, { world: WORLD })
  const response = await emulator.get(listOf('1'), { session: `123;${OWN_TOKEN}` })
  t.strictSame([response.statusCode, response.headers['www-authenticate'], response.json()], [401, 'XBL3.0', unknown()])
})

t.test('a title with tokens of the operating system lists, reads and updates its own achievements', async (t) => {
  for (const [option, scid, titleId] of [['ann', SCID, 1], ['ANN@XDKS.1', OTHER_SCID, 2], ['1@RETAIL', SCID, 1]] as const) {
    const emulator = build(t, { world: WORLD, config: { unknownTokens: option } })
    const session = `12345678901234567890;${OWN_TOKEN}`
    const titlesOf = async (): Promise<unknown> => (await emulator.get(listOf('1'), { session })).json().achievements.map(({ titleAssociations: [{ id }], progressState }: any) => [id, progressState])
    t.strictSame(await titlesOf(), [[titleId, 'NotStarted']], option)
    const updated = await emulator.app.inject({ method: 'POST', url: `/users/xuid(1)/achievements/${scid}/update`, headers: { authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2' }, payload: update(scid, titleId) })
    t.strictSame([updated.statusCode, updated.body], [200, ''])
    t.strictSame(await titlesOf(), [[titleId, 'Achieved']])
    const single = await emulator.get(singleOf('1', scid, 1), { session })
    t.strictSame([single.statusCode, single.json().achievement.progressState], [200, 'Achieved'])
    // Another title's service configuration is open to it, too, but not what its sandbox does not have.
    const other = scid === SCID ? OTHER_SCID : SCID
    const elsewhere = await emulator.get(singleOf('1', other, 1), { session })
    t.strictSame([elsewhere.statusCode, elsewhere.json()], [404, refusal(null, 'The service configuration is not published in the sandbox of the token.')])
    // A title that the body names has to own the service configuration all the same.
    const foreign = await emulator.app.inject({ method: 'POST', url: `/users/xuid(1)/achievements/${scid}/update`, headers: { authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2' }, payload: update(scid, 9) })
    t.strictSame([foreign.statusCode, foreign.json()], [403, refusal(4500, 'The service configuration does not belong to title 9, which the body names.')])
    t.strictSame((await command(emulator, 'GET', '/requests')).requests[0].claims, { xuid: '1', titleId: null, sandbox: option.split('@')[1] ?? null, location: null, thirdPartySite: false })
  }
})

t.test('what names the user', async (t) => {
  for (const [option, xuid] of [['1', '1'], ['001', '1'], ['20', '20'], ['777', '3'], ['bob@RETAIL', '2']] as const) {
    const { get } = build(t, { world: WORLD, config: { unknownTokens: option } })
    for (const other of ['1', '2', '3', '20']) {
      const response = await get(listOf(other), { session: 'any;thing' })
      t.equal(response.statusCode, other === xuid ? 200 : 403, `${option} asks for ${other}`)
    }
  }
})

t.test('two unknown tokens, with and without a user of theirs', async (t) => {
  const { get } = build(t, { config: { unknownTokens: 'gamer' } })
  const known = (await get(listOf(GAMER))).json()
  for (let round = 0; round < 2; round++) {
    for (const session of ['a;one', 'b;two', '*;one', '*;three']) t.strictSame((await get(listOf(GAMER), { session })).json(), known, session)
    t.equal((await get(listOf(FRIEND), { session: '*;one' })).statusCode, 403)
    const nobody = await get(listOf(GAMER), { session: '-;one' })
    t.strictSame([nobody.statusCode, nobody.json()], [403, refusal(4500, 'The token carries no user claim; expected one of a user.')])
  }
})

t.test('tokens that the world knows keep their meaning, and malformed ones are refused', async (t) => {
  const emulator = build(t, { world: WORLD, config: { unknownTokens: 'ann' } })
  t.equal((await emulator.get(listOf('2'), { session: 'hash;token' })).statusCode, 200)
  for (const [authorization, message] of [
    ['XBL3.0 x=other;token', undefined],
    ['XBL3.0 x=hash;old', 'The token expired at 2020-01-01T00:00:00.0000000Z.'],
    ['XBL3.0 x=*;old', 'The token expired at 2020-01-01T00:00:00.0000000Z.'],
    ...['', 'XBL3.0 x=hash', 'XBL3.0 x=;token', 'XBL3.0 x=hash;', 'Bearer token', 'XBL2.0 x=hash;any', 'XBL3.0 x=hash;two words'].map((value) =>
      [value, 'The Authorization header is malformed; expected "XBL3.0 x=<userhash>;<token>".'])
  ] as Array<[string, string | undefined]>) {
    const response = await emulator.get(listOf('1'), { headers: { authorization } })
    t.strictSame([response.statusCode, response.json()], [401, unknown(message)], authorization)
  }
  t.equal((await emulator.get(listOf('1'), { session: null })).statusCode, 401)
  // A token that a test ends is not known any more.
  await command(emulator, 'DELETE', '/sessions/hash/token')
  t.equal((await emulator.get(listOf('1'), { session: 'hash;token' })).statusCode, 200)
  // Sign-in hosts and the IGDB view have tokens of their own.
  t.equal((await emulator.app.inject({ url: '/achievements/', headers: { 'user-key': 'any' } })).statusCode, 403)
})

t.test('a user who is gone, comes back, and is renamed', async (t) => {
  for (const option of ['ann', '1@RETAIL']) {
    const emulator = build(t, { world: { users: [user(), user({ xuid: '2', gamertag: 'bob' })] }, config: { unknownTokens: option } })
    const ask = async (xuid: string): Promise<unknown[]> => {
      const { statusCode, headers, json } = await emulator.get(listOf(xuid), { session: 'a;b' })
      return statusCode === 200 ? [200] : [statusCode, headers['www-authenticate'], headers['cache-control'], json()]
    }
    const name = JSON.stringify(option.replace('@RETAIL', ''))
    const gone = [401, 'XBL3.0', SERVICE_HEADERS['cache-control'], unknown(`The token is not known, and --unknown-tokens takes it for one of ${name}, who is no user of the world any more.`)]
    t.strictSame(await ask('1'), [200])
    await command(emulator, 'DELETE', '/users/1')
    t.strictSame(await ask('1'), gone)
    await command(emulator, 'PUT', '/users/1', { gamertag: 'ann' })
    t.strictSame(await ask('1'), [200])
    await command(emulator, 'PUT', '/users/1', { gamertag: 'eve' })
    t.strictSame(await ask('1'), option === 'ann' ? gone : [200])
    await command(emulator, 'PUT', '/users/2', { gamertag: 'Ann' })
    t.strictSame(await ask('2'), option === 'ann' ? [200] : [403, undefined, SERVICE_HEADERS['cache-control'], refusal(8377, 'XUID specified in the claim does not match URI XUID.')])
    await command(emulator, 'PUT', '/world', { users: [user({ xuid: '9', gamertag: 'zoe' })] })
    t.strictSame(await ask('9'), gone)
    t.equal((await control(emulator, 'GET', '/health')).status, 200)
  }
})

t.test('what cannot be used is refused at the start', async (t) => {
  const users = Array.from({ length: 12 }, (_, index) => ({ xuid: String(index + 1), gamertag: `user ${index + 1}` }))
  for (const [options, message] of [
    [{ unknownTokens: 'gamr' }, `unknownTokens (--unknown-tokens): found "gamr", expected one of gamer (${GAMER}), friend (${FRIEND}), stranger (${STRANGER})`],
    [{ unknownTokens: 'user 13', world: { users } }, `unknownTokens (--unknown-tokens): found "user 13", expected one of ${users.slice(0, 10).map(({ gamertag, xuid }) => `${gamertag} (${xuid})`).join(', ')} and 2 more`],
    [{ unknownTokens: 'ann', world: {} }, 'unknownTokens (--unknown-tokens): found "ann", expected a user of the world, which has none'],
    [{ unknownTokens: 'gamer', host: '0.0.0.0' }, 'unknownTokens: found "gamer", as whom everybody could act who reaches host 0.0.0.0; expected a host of this machine, e.g. 127.0.0.1, or a key for the control API, controlKey'],
    [{ unknownTokens: 'gamer', host: '192.0.2.1', control: false }, 'unknownTokens: found "gamer", as whom everybody could act who reaches host 192.0.2.1; expected a host of this machine, e.g. 127.0.0.1, or a key for the control API, controlKey'],
    [{ unknownTokens: 5 }, 'unknownTokens: found 5, expected the gamertag or XUID of a user and, unless it is RETAIL, @ and a sandbox, e.g. gamer or gamer@XDKS.1'],
    [{ unknownTokens: '' }, 'unknownTokens: found "", expected the gamertag or XUID of a user and, unless it is RETAIL, @ and a sandbox, e.g. gamer or gamer@XDKS.1'],
    [{ unknownTokens: 'a\nb' }, 'unknownTokens: found "a\\nb", expected the gamertag or XUID of a user and, unless it is RETAIL, @ and a sandbox, e.g. gamer or gamer@XDKS.1']
  ] as Array<[EmulatorOptions, string]>) {
    await t.rejects(startEmulator(options), new ConfigError(message))
  }
})

t.test('hosts of this machine, and others with a control key', async (t) => {
  for (const options of [{ host: 'localhost' }, { host: '127.0.0.1' }, { host: '0.0.0.0', controlKey: 'k3y' }]) {
    const emulator = await startEmulator({ unknownTokens: 'gamer', ...options })
    t.teardown(emulator.close)
    const response = await fetch(emulator.url + listOf(GAMER), { headers: { authorization: 'XBL3.0 x=a;b', 'x-xbl-contract-version': '2' } })
    t.equal(response.status, 200, JSON.stringify(options))
    await response.body?.cancel()
  }
})
