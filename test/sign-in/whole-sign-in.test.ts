import t from 'tap'
import { LIST_SAMPLE } from '../documented-samples.ts'
import { build, FRIEND, GAMER, listOf, SAMPLE_SCID, SAMPLE_TITLE, singleOf } from '../helper.ts'
import { title, user, achievement } from '../world-parts.ts'
import { authorize, codeForm, postForm, postUser, postXsts, refreshForm, refusedAs, signIn, userTokenOf } from './client.ts'
import { deviceTokenOf } from './xal-client.ts'

const TOKEN = /^[\w-]{43}$/
const ISSUED = '2020-06-15T12:00:00.0000000Z'
const GAMER_HASH = '4726078111575463039'

t.test('the whole sign-in, from the page to a list of achievements', async (t) => {
  const emulator = build(t)
  const redirect = await authorize(emulator, { state: 's', login_hint: 'gamer' })
  const code = new URL(redirect.headers.location as string).searchParams.get('code') as string
  t.match(code, TOKEN)

  const granted = await postForm(emulator, { ...codeForm(code), scope: 'XboxLive.signin', redirect_uri: 'http://localhost:8080/cb' })
  t.equal(granted.statusCode, 200)
  t.equal(granted.headers['content-type'], 'application/json')
  t.equal(granted.headers['cache-control'], 'no-cache, no-store')
  const { access_token: access, refresh_token: refresh, ...rest } = granted.json()
  t.strictSame(rest, { token_type: 'bearer', expires_in: 3600, scope: 'XboxLive.signin', user_id: '0ef1d81fba943573' })
  t.match([access, refresh], [TOKEN, TOKEN])

  const user = await postUser(emulator, `d=${access}`)
  t.equal(user.statusCode, 200)
  const { Token: userToken, ...userRest } = user.json()
  t.match(userToken, TOKEN)
  t.strictSame(userRest, { IssueInstant: ISSUED, NotAfter: '2020-06-29T12:00:00.0000000Z', DisplayClaims: { xui: [{ uhs: GAMER_HASH }] } })

  const xsts = await postXsts(emulator, userToken)
  t.equal(xsts.statusCode, 200)
  const { Token: token, ...xstsRest } = xsts.json()
  t.match(token, TOKEN)
  t.strictSame(xstsRest, {
    IssueInstant: ISSUED,
    NotAfter: '2020-06-16T04:00:00.0000000Z',
    DisplayClaims: {
      xui: [{
        gtg: 'gamer', xid: GAMER, uhs: GAMER_HASH, agg: 'Adult', usr: '234', prv: '188 191 192 193 194 195 196 198 199 200 201 203 204 205 206 208 211 214 215 216 217 220 224 227 228 235 238 245 247 249 252 254 255'
      }]
    }
  })
  t.equal(new Set([code, access, refresh, userToken, token]).size, 5)

  const list = await emulator.get(listOf(GAMER, `?titleId=${SAMPLE_TITLE}`), { session: `${GAMER_HASH};${token}` })
  t.equal(list.statusCode, 200)
  t.strictSame(list.json(), LIST_SAMPLE)
})

t.test('a gamertag or XUID in the place of a code, a ticket or a refresh token', async (t) => {
  const emulator = build(t, { world: { users: [{ xuid: '7', gamertag: '8' }, { xuid: '8', gamertag: 'd=Straße & <b>' }] } })
  const xuidOf = async (session: string): Promise<string | null | undefined> => {
    const [userHash = '', token = ''] = session.split(';')
    return emulator.store.sessions.find({ userHash, token })[0]?.xuid
  }
  for (const [name, xuid] of [['7', '7'], ['007', '7'], ['8', '8'], ['d=Straße & <b>', '8'], ['D=STRAßE & <B>', '8']] as const) {
    for (const prefix of ['d=', 't=']) t.equal(await xuidOf(await signIn(emulator, prefix + name)), xuid, prefix + name)
    for (const form of [codeForm(name), refreshForm(name)]) {
      t.equal(await xuidOf(await signIn(emulator, (await postForm(emulator, form)).json().access_token)), xuid, JSON.stringify(form))
    }
  }
  t.equal(await xuidOf(await signIn(emulator, '7')), '7', 'without a prefix')
})

t.test('a refresh token gives the next access token, again and again; a code is good for one use', async (t) => {
  const emulator = build(t)
  const { refresh_token: first } = (await postForm(emulator, codeForm('friend'))).json()
  for (let count = 0; count < 2; count++) {
    const response = await postForm(emulator, refreshForm(first))
    t.equal(response.statusCode, 200)
    t.match(response.json(), { scope: 'XboxLive.signin XboxLive.offline_access', access_token: TOKEN, refresh_token: TOKEN })
    t.match((await postXsts(emulator, await userTokenOf(emulator, `t=${response.json().access_token}`))).json(), { DisplayClaims: { xui: [{ xid: FRIEND }] } })
  }
  const code = new URL((await authorize(emulator, { login_hint: FRIEND })).headers.location as string).searchParams.get('code') as string
  t.equal((await postForm(emulator, codeForm(code))).statusCode, 200)
  refusedAs(t, await postForm(emulator, codeForm(code)), { error: 'invalid_grant', description: 'The code was not issued here, or was used already, and no user has it as XUID or gamertag.' })
})

t.test('sandbox and title become claims', async (t) => {
  const scid = '00000000-0000-0000-0000-000000000007'
  const emulator = build(t, {
    world: {
      titles: [title({ titleId: 7, serviceConfigId: scid, public: false, sandboxes: ['TEST.1'], achievements: [achievement()] })], users: [user()]
    }
  })
  const statusOf = async (properties: object): Promise<number> => (await emulator.get(singleOf('1', scid, 1), { session: await signIn(emulator, '1', properties) })).statusCode
  t.equal(await statusOf({ SandboxId: 'TEST.1', TitleToken: '7' }), 200)
  t.equal(await statusOf({ SandboxId: 'TEST.1' }), 403, 'no title')
  t.equal(await statusOf({ SandboxId: 'TEST.1', TitleToken: null }), 403, 'no title')
  t.equal(await statusOf({ TitleToken: '7' }), 404, 'RETAIL')
  t.equal(await statusOf({ SandboxId: undefined, TitleToken: '7', DeviceToken: await deviceTokenOf(emulator), OptionalDisplayClaims: ['mgt'] }), 404, 'RETAIL by default')
  t.strictSame(emulator.store.world.export().sessions.map(({ titleId, sandbox, location, thirdPartySite, expires }) => ({ titleId, sandbox, location, thirdPartySite, expires })).at(0), {
    titleId: 7, sandbox: 'TEST.1', location: null, thirdPartySite: false, expires: '2020-06-16T04:00:00.0000000Z'
  })
})

t.test('every answer of the list is that of a token of the world', async (t) => {
  for (const dialect of ['documented', 'live'] as const) {
    const emulator = build(t, { config: { dialect } })
    const session = await signIn(emulator, 'gamer', { TitleToken: String(SAMPLE_TITLE) })
    for (const url of [listOf(GAMER), listOf(FRIEND), singleOf(GAMER, SAMPLE_SCID, 3), `/users/xuid(${GAMER})/history/titles`]) {
      const [own, worlds] = [await emulator.get(url, { session }), await emulator.get(url)]
      t.strictSame([own.statusCode, own.json()], [worlds.statusCode, worlds.json()].map((each) => each?.traceInformation === undefined ? each : { ...each, traceInformation: own.json().traceInformation }), url)
    }
  }
})
