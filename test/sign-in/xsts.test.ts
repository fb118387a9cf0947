import t, { type Test } from 'tap'
import { command, worldText } from '../control/client.ts'
import { build, FRIEND, GAMER, listOf, NOW, SAMPLE_TITLE } from '../helper.ts'
import { OTHER_SCID, title, user } from '../world-parts.ts'
import { authorize, codeForm, post, postForm, postUser, postXsts, userTokenOf, xstsBody } from './client.ts'
import { deviceTokenOf, sessionOf, titleBody } from './xal-client.ts'

const DAY = 86_400_000
const GAMER_HASH = '4726078111575463039'
const PRIVILEGES = '188 191 192 193 194 195 196 198 199 200 201 203 204 205 206 208 211 214 215 216 217 220 224 227 228 235 238 245 247 249 252 254 255'
const GAMER_CLAIMS = { gtg: 'gamer', xid: GAMER, uhs: GAMER_HASH, agg: 'Adult', usr: '234', prv: PRIVILEGES }

function refused (t: Test, response: Awaited<ReturnType<typeof post>>, XErr: number, what: string, Redirect?: string): void {
  t.equal(response.statusCode, 401, what)
  t.equal(response.headers['www-authenticate'], 'XBL3.0', what)
  t.strictSame(response.json(), { Identity: '0', XErr, Message: '', ...Redirect !== undefined && { Redirect } }, what)
}

t.test('every relying party gets a token, and only that of Xbox Live opens its services', async (t) => {
  const emulator = build(t)
  const userToken = await userTokenOf(emulator, 'gamer')
  for (const [RelyingParty, claims] of [
    ...['http://xboxlive.com', 'https://xboxlive.com', 'http://xboxlive.com/', 'HTTP://XBOXLIVE.COM'].map((party) => [party, GAMER_CLAIMS] as const),
    ...['http://events.xboxlive.com', 'http://licensing.xboxlive.com', 'http://accounts.xboxlive.com', 'http://mp.microsoft.com/', 'rp://api.minecraftservices.com/', 'https://multiplayer.minecraft.net/', 'http://sisu.xboxlive.com/', 'http://xboxlive.com.evil.example', 'x']
      .map((party) => [party, { uhs: GAMER_HASH }] as const)
  ]) {
    const response = await post(emulator, '/xsts/authorize', { ...xstsBody(userToken, { OptionalDisplayClaims: [] }), RelyingParty })
    t.equal(response.statusCode, 200, RelyingParty)
    const { Token, ...rest } = response.json()
    t.strictSame(rest, { IssueInstant: '2020-06-15T12:00:00.0000000Z', NotAfter: '2020-06-16T04:00:00.0000000Z', DisplayClaims: { xui: [claims] } }, RelyingParty)
    const list = await emulator.get(listOf(GAMER), { session: `${GAMER_HASH};${Token}` })
    t.equal(list.statusCode, 'xid' in claims ? 200 : 401, RelyingParty)
  }
})

t.test('claims of the modern gamertag, for who asks for them', async (t) => {
  const emulator = build(t, { world: { users: [user(), user({ xuid: '2', gamertag: 'bob', profile: { modernGamertag: 'Bob B', modernGamertagSuffix: '17' } })] } })
  const further = async (ticket: string, OptionalDisplayClaims: unknown): Promise<object> => {
    const { gtg, xid, uhs, agg, usr, prv, ...rest } = (await postXsts(emulator, await userTokenOf(emulator, ticket), { OptionalDisplayClaims })).json().DisplayClaims.xui[0]
    return rest
  }
  t.strictSame(await further('ann', ['mgt', 'mgs', 'umg', 'other']), { mgt: 'ann', mgs: '', umg: 'ann' })
  t.strictSame(await further('bob', ['umg', 'mgs', 'mgt']), { mgt: 'Bob B', mgs: '17', umg: 'Bob B#17' })
  t.strictSame(await further('bob', ['mgs']), { mgs: '17' })
  for (const none of [[], undefined, ['constructor', 'xid']]) t.strictSame(await further('bob', none), {})
  const elsewhere = await post(emulator, '/xsts/authorize', { ...xstsBody(await userTokenOf(emulator, 'bob'), { OptionalDisplayClaims: ['mgt'] }), RelyingParty: 'x' })
  t.strictSame(Object.keys(elsewhere.json().DisplayClaims.xui[0]), ['uhs'])
})

t.test('a token of several users, and one of a service without any', async (t) => {
  const emulator = build(t)
  const [gamer, friend] = [await userTokenOf(emulator, 'gamer'), await userTokenOf(emulator, 'friend')]
  const device = await deviceTokenOf(emulator)
  const several = (await postXsts(emulator, gamer, { UserTokens: [gamer, friend, await userTokenOf(emulator, GAMER)] })).json()
  t.strictSame(several.DisplayClaims.xui.map(({ xid }: { xid: string }) => xid), [GAMER, FRIEND])
  for (const [index, xuid] of [GAMER, FRIEND].entries()) {
    t.equal((await emulator.get(listOf(xuid), { session: `${several.DisplayClaims.xui[index].uhs};${several.Token}` })).statusCode, 200)
    t.equal((await emulator.get(listOf(xuid), { session: `*;${several.Token}` })).statusCode, 200)
  }
  for (const properties of [{ DeviceToken: device }, { TitleToken: String(SAMPLE_TITLE) }, { UserTokens: [], DeviceToken: device, TitleToken: null }]) {
    const none = (await postXsts(emulator, gamer, { UserTokens: undefined, ...properties })).json()
    t.strictSame(none.DisplayClaims, { xui: [] })
    const list = await emulator.get(listOf(GAMER), { session: `-;${none.Token}` })
    t.strictSame([list.statusCode, list.json().errorMessage], [403, 'The token carries no user claim; expected one of a user.'])
  }
  const elsewhere = (await post(emulator, '/xsts/authorize', { RelyingParty: 'x', TokenType: 'JWT', Properties: { DeviceToken: device } })).json()
  t.strictSame(elsewhere.DisplayClaims, { xui: [] })
  const nothing = await postXsts(emulator, gamer, { UserTokens: undefined })
  t.strictSame([nothing.statusCode, nothing.json().errorMessage], [400, 'Properties has no UserTokens, DeviceToken or TitleToken; expected one of them.'])
  refused(t, await postXsts(emulator, gamer, { UserTokens: [], ServiceToken: 'x' }), 2148916263, 'a service token alone')
  t.equal((await postXsts(emulator, gamer, { ServiceToken: 'x', DelegationToken: 'y' })).statusCode, 200, 'beside a user token')
})

t.test('the title claim is that of the title token, else that of the application, else the only one of the world', async (t) => {
  const one = [title({ clientIds: ['my-app'] })]
  const two = [...one, title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, achievements: [] })]
  for (const [titles, dialect, clientId, titleToken, expected] of [
    [two, 'documented', 'my-app', null, 1],
    [two, 'documented', 'MY-APP', '2', 2],
    [two, 'documented', '000000004c12ae6f', null, 328178078],
    [two, 'documented', '000000004c12ae6f', '1739947436', 1739947436],
    [two, 'documented', 'other', null, null],
    [two, 'live', 'other', null, null],
    [two, 'live', 'my-app', 'issued for other', 1],
    [one, 'documented', 'other', null, null],
    [one, 'live', 'other', null, 1],
    [one, 'live', 'other', '328178078', 328178078],
    [one, 'live', '000000004c12ae6f', null, 328178078],
    [one, 'live', 'other', 'issued for other', 1]
  ] as const) {
    const emulator = build(t, { config: { dialect }, world: { titles, users: [user({ gamertag: 'gamer' })] } })
    const code = new URL((await authorize(emulator, { client_id: clientId, login_hint: 'gamer' })).headers.location as string).searchParams.get('code') as string
    const ticket = (await postForm(emulator, { ...codeForm(code), client_id: clientId, redirect_uri: 'http://localhost:8080/cb' })).json().access_token
    const TitleToken = titleToken === 'issued for other' ? (await post(emulator, '/title/authenticate', titleBody(await deviceTokenOf(emulator)))).json().Token : titleToken
    const [userHash = '', token = ''] = sessionOf((await postXsts(emulator, await userTokenOf(emulator, `d=${ticket}`), { TitleToken })).json()).split(';')
    t.equal(emulator.store.sessions.find({ userHash, token })[0]?.titleId, expected, JSON.stringify([titles.length, dialect, clientId, titleToken]))
  }
})

t.test('what is not good is refused with the published number', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const [userToken, device] = [await userTokenOf(emulator, 'gamer'), await deviceTokenOf(emulator)]
  const titleToken = (await post(emulator, '/title/authenticate', titleBody(device))).json().Token
  const good = { DeviceToken: device, TitleToken: titleToken }
  const foreign = build(t)
  refused(t, await postXsts(emulator, await userTokenOf(foreign, 'gamer'), good), 2148916262, 'a user token of elsewhere')
  refused(t, await postXsts(emulator, device, good), 2148916262, 'of another kind')
  refused(t, await postXsts(emulator, userToken, { UserTokens: [userToken, 'x'] }), 2148916262, 'one of two')
  for (const DeviceToken of [await deviceTokenOf(foreign), userToken, 'x']) refused(t, await postXsts(emulator, userToken, { ...good, DeviceToken }), 2148916259, 'a device token')
  for (const TitleToken of ['1', 'x', '4294967296', device, userToken]) refused(t, await postXsts(emulator, userToken, { ...good, TitleToken }), 2148916260, 'a title token')
  for (const SandboxId of ['NONE.1', 'retail']) refused(t, await postXsts(emulator, userToken, { ...good, SandboxId }), 2148916242, 'a sandbox')
  for (const SandboxId of ['RETAIL', undefined]) t.equal((await postXsts(emulator, userToken, { ...good, SandboxId })).statusCode, 200, String(SandboxId))
  now = NOW + 14 * DAY - 1
  t.equal((await postXsts(emulator, userToken, good)).statusCode, 200)
  now++
  refused(t, await postXsts(emulator, userToken, {}), 2148916258, 'an ended user token')
  refused(t, await postXsts(emulator, userToken, { DeviceToken: device }), 2148916256, 'an ended device token')
  refused(t, await postXsts(emulator, userToken, { TitleToken: titleToken }), 2148916257, 'an ended title token')
})

t.test('a user whom the world does not let in', async (t) => {
  const emulator = build(t, { world: { users: [user({ signInError: 2148916238 }), user({ xuid: '2', gamertag: 'bob', signInError: 1 }), user({ xuid: '3', gamertag: 'eve', signInError: 4294967295 }), user({ xuid: '4', gamertag: 'joe' })] } })
  for (const [name, number, page] of [['ann', 2148916238, 'https://start.ui.xboxlive.com/AddChildToFamily'], ['bob', 1], ['eve', 4294967295]] as const) {
    const response = await postUser(emulator, name)
    t.equal(response.statusCode, 200, 'the user token says nothing of it')
    refused(t, await postXsts(emulator, response.json().Token), number, name, page)
    refused(t, await postXsts(emulator, '', { UserTokens: [await userTokenOf(emulator, 'joe'), response.json().Token] }), number, `joe and ${name}`, page)
  }
  const gone = await userTokenOf(emulator, 'joe')
  emulator.run('user.delete', { xuid: '4' })
  refused(t, await postXsts(emulator, gone), 2148916233, 'gone', 'https://start.ui.xboxlive.com/CreateAccount')
})

t.test('a refusal says what is wrong with the body, and repeats no token', async (t) => {
  const emulator = build(t)
  for (const [body, message] of [
    [xstsBody('SECRET', { UserTokens: 'SECRET' }), 'The body, at /Properties/UserTokens: expected a list of at most 16 user tokens.'],
    [xstsBody('SECRET', { UserTokens: Array(17).fill('SECRET') }), 'The body, at /Properties/UserTokens: expected a list of at most 16 user tokens.'],
    [xstsBody({ SECRET: 1 }), 'The body, at /Properties/UserTokens/0: expected a user token.'],
    [xstsBody('SECRET', { SandboxId: 'no sandbox' }), 'The body, at /Properties/SandboxId: found "no sandbox", expected a sandbox id, e.g. "RETAIL".'],
    [xstsBody('SECRET', { TitleToken: 7 }), 'The body, at /Properties/TitleToken: expected a title token, or null.'],
    [xstsBody('SECRET', { TitleToken: '' }), 'The body, at /Properties/TitleToken: expected a title token, or null.'],
    [xstsBody('SECRET', { DeviceToken: ['SECRET'] }), 'The body, at /Properties/DeviceToken: expected a device token, or null.'],
    [xstsBody('SECRET', { OptionalDisplayClaims: 'mgt' }), 'The body, at /Properties/OptionalDisplayClaims: found "mgt", expected a list of names of claims.'],
    [{ ...xstsBody('SECRET'), RelyingParty: '' }, 'The body, at /RelyingParty: found "", expected a relying party, e.g. "http://xboxlive.com".'],
    [{ ...xstsBody('SECRET'), RelyingParty: undefined }, 'The body, at /RelyingParty: missing, expected a relying party, e.g. "http://xboxlive.com".'],
    [{ ...xstsBody('SECRET'), Properties: ['SECRET'] }, 'The body, at /Properties: expected an object with UserTokens.']
  ] as const) {
    const response = await post(emulator, '/xsts/authorize', body)
    t.strictSame([response.statusCode, response.json()], [400, { errorCode: 4000, errorMessage: message }], JSON.stringify(body))
  }
})

t.test('a title token of a title that another world lacks makes no session, and that world stays one that can be read', async (t) => {
  const emulator = build(t)
  const device = await deviceTokenOf(emulator)
  const titleTokenOf = async (TitleId: number): Promise<string> => (await post(emulator, '/title/authenticate', titleBody(device, { RpsTicket: undefined, TitleId }))).json().Token
  const [own, app] = [await titleTokenOf(SAMPLE_TITLE), await titleTokenOf(328178078)]
  await command(emulator, 'PUT', '/world', { users: [user()] })
  const userToken = await userTokenOf(emulator, 'ann')
  for (const UserTokens of [[userToken], []]) {
    refused(t, await postXsts(emulator, userToken, { UserTokens, TitleToken: own }), 2148916260, 'the title is gone')
    t.equal((await postXsts(emulator, userToken, { UserTokens, TitleToken: app })).statusCode, 200, 'an application that no world has')
  }
  const exported = await worldText(emulator)
  t.match(JSON.parse(exported).sessions, [{ titleId: 328178078 }, { titleId: 328178078 }])
  t.equal(await worldText(build(t, { world: JSON.parse(exported) })), exported)
  await command(emulator, 'PUT', '/world', { titles: [title({ titleId: SAMPLE_TITLE })], users: [user()] })
  t.equal((await postXsts(emulator, userToken, { TitleToken: own })).statusCode, 200, 'it is back')
})
