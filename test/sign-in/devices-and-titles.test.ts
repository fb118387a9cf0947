import { Writable } from 'node:stream'
import t from 'tap'
import { command } from '../control/client.ts'
import { build, NOW, SAMPLE_TITLE } from '../helper.ts'
import { title, user } from '../world-parts.ts'
import { authorize, codeForm, post, postForm } from './client.ts'
import { authBody, deviceBody, DEVICE_CLAIM, DEVICE_ID, deviceTokenOf, sisuBody, sisuStart, titleBody } from './xal-client.ts'

const TOKEN = /^[\w-]{43}$/
const [ISSUED, ENDS] = ['2020-06-15T12:00:00.0000000Z', '2020-06-29T12:00:00.0000000Z']
const DAY = 86_400_000
const APP = '000000004C20A908'
const OTHER_SCID = '11111111-2222-3333-4444-bbbbbbbbbbbb'
const REFUSED = { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' }
const CLAIMABLE = 'the id of a title of the world, or of a published application such as the Xbox app (328178078)'

t.test('a device token', async (t) => {
  const emulator = build(t)
  const response = await post(emulator, '/device/authenticate', deviceBody())
  t.equal(response.statusCode, 200)
  const { Token, ...rest } = response.json()
  t.match(Token, TOKEN)
  t.strictSame(rest, { IssueInstant: ISSUED, NotAfter: ENDS, DisplayClaims: { xdi: { did: DEVICE_CLAIM, dcs: '0' } } })

  const claimOf = async (properties: object): Promise<string> => (await post(emulator, '/device/authenticate', deviceBody(properties))).json().DisplayClaims.xdi.did
  const bare = DEVICE_ID.slice(1, -1)
  for (const Id of [bare, bare.toLowerCase(), DEVICE_ID.toLowerCase()]) t.equal(await claimOf({ Id }), DEVICE_CLAIM, Id)
  t.not(await claimOf({ Id: '75d40eb0-09d6-4d57-a3b6-1f4a6a26bd64' }), DEVICE_CLAIM)
  t.not(await claimOf({ Id: undefined }), await claimOf({ Id: undefined }))
  // As clients send it besides: a ticket, no type, keys of any form.
  for (const properties of [
    { AuthMethod: 'RPS', RpsTicket: 't=x', SiteName: 'user.auth.xboxlive.com' }, { DeviceType: undefined, Version: undefined }, { SerialNumber: DEVICE_ID },
    { ProofKey: { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', x: 'x'.repeat(43), y: 'y'.repeat(43) } }, { ProofKey: null }, { ProofKey: 'nonsense' }
  ]) t.equal(await claimOf(properties), DEVICE_CLAIM, JSON.stringify(properties))
})

t.test('a title token is for the title of the application that the ticket was issued to', async (t) => {
  const world = {
    titles: [title({ clientIds: ['my-app', '0000000048183522'] }), title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID })], users: [user({ gamertag: 'gamer' })]
  }
  for (const dialect of ['documented', 'live'] as const) {
    const emulator = build(t, { config: { dialect }, world })
    const device = await deviceTokenOf(emulator)
    const ticketOf = async (clientId: string): Promise<string> => {
      const code = new URL((await authorize(emulator, { client_id: clientId, login_hint: 'gamer' })).headers.location as string).searchParams.get('code') as string
      return `t=${(await postForm(emulator, { ...codeForm(code), client_id: clientId, redirect_uri: 'http://localhost:8080/cb' })).json().access_token}`
    }
    for (const [what, RpsTicket, tid] of [
      ['the world gives it the id', await ticketOf('MY-app'), '1'],
      ['the world before what is published', await ticketOf('0000000048183522'), '1'],
      ['published, in any letter case', await ticketOf(APP), '1016898439'],
      ['published', await ticketOf('00000000482c8f49'), '1618633878'],
      ['unknown', await ticketOf('other'), undefined],
      ['a gamertag, and so no application', 'd=gamer', undefined]
    ] as const) {
      const response = await post(emulator, '/title/authenticate', titleBody(device, { RpsTicket }))
      t.equal(response.statusCode, 200, what)
      const { Token, ...rest } = response.json()
      t.match(Token, TOKEN)
      t.strictSame(rest, { IssueInstant: ISSUED, NotAfter: ENDS, DisplayClaims: { xti: tid === undefined ? {} : { tid } } }, what)
    }
  }
})

t.test('the only title of a world is that of every other application, in the live dialect', async (t) => {
  for (const [dialect, tid] of [['live', { tid: '1' }], ['documented', {}]] as const) {
    const emulator = build(t, { config: { dialect }, world: { titles: [title()], users: [user({ gamertag: 'gamer' })] } })
    t.strictSame((await post(emulator, '/title/authenticate', titleBody(await deviceTokenOf(emulator)))).json().DisplayClaims, { xti: tid }, dialect)
  }
})

t.test('a client may name its title itself, as a number or text', async (t) => {
  const emulator = build(t)
  const DeviceToken = await deviceTokenOf(emulator)
  const ask = async (TitleId: unknown) => await post(emulator, '/title/authenticate', authBody({ DeviceToken, TitleId }))
  for (const [TitleId, tid] of [[SAMPLE_TITLE, String(SAMPLE_TITLE)], [String(SAMPLE_TITLE), String(SAMPLE_TITLE)], [1739947436, '1739947436'], ['1739947436', '1739947436']] as const) {
    t.strictSame((await ask(TitleId)).json().DisplayClaims, { xti: { tid } })
  }
  for (const [TitleId, message] of [
    [1, `TitleId is 1; expected ${CLAIMABLE}.`],
    ['1', `TitleId is 1; expected ${CLAIMABLE}.`],
    ['4294967296', 'The body, at /Properties/TitleId: found "4294967296", expected a decimal title id.'],
    [4294967296, 'The body, at /Properties/TitleId: found 4294967296, expected a decimal title id.'],
    [-1, 'The body, at /Properties/TitleId: found -1, expected a decimal title id.'],
    ['0x1', 'The body, at /Properties/TitleId: found "0x1", expected a decimal title id.'],
    [null, 'The body, at /Properties/TitleId: found null, expected a decimal title id.'],
    [undefined, 'The body, at /Properties: found neither RpsTicket nor TitleId, expected one of them.']
  ] as const) {
    const response = await ask(TitleId)
    t.strictSame([response.statusCode, response.json()], [400, { errorCode: 4000, errorMessage: message }], String(TitleId))
  }
})

t.test('a title token needs a device token and a ticket that are good', async (t) => {
  let now = NOW
  const emulator = build(t, { now: () => now })
  const device = await deviceTokenOf(emulator)
  const titleToken = (await post(emulator, '/title/authenticate', titleBody(device))).json().Token
  for (const [what, body, expected] of [
    ['a device token of elsewhere', titleBody(await deviceTokenOf(build(t))), { Identity: '0', XErr: 2148916259, Message: '' }],
    ['of another kind', titleBody(titleToken), { Identity: '0', XErr: 2148916259, Message: '' }],
    ['a ticket of nobody', titleBody(device, { RpsTicket: 't=nobody' }), REFUSED]
  ] as const) {
    const response = await post(emulator, '/title/authenticate', body)
    t.strictSame([response.statusCode, response.headers['www-authenticate'], response.json()], [401, 'XBL3.0', expected], what)
  }
  now = NOW + 14 * DAY - 1
  t.equal((await post(emulator, '/title/authenticate', titleBody(device))).statusCode, 200)
  now++
  const ended = await post(emulator, '/title/authenticate', titleBody(device))
  t.strictSame([ended.statusCode, ended.json()], [401, { Identity: '0', XErr: 2148916256, Message: '' }])
})

t.test('a refusal says what is wrong with the body, and repeats no token', async (t) => {
  const emulator = build(t)
  const objectOf = 'an object with RelyingParty, TokenType and Properties'
  for (const [url, body, message] of [
    ['/device/authenticate', '', `The body: missing, expected ${objectOf}.`],
    ['/device/authenticate', 'SECRET', 'The body is not JSON.'],
    ['/device/authenticate', '["SECRET"]', `The body: expected ${objectOf}.`],
    ['/device/authenticate', { ...deviceBody(), RelyingParty: 'http://xboxlive.com' }, 'The body, at /RelyingParty: found "http://xboxlive.com", expected "http://auth.xboxlive.com".'],
    ['/device/authenticate', { ...deviceBody(), TokenType: 'x' }, 'The body, at /TokenType: found "x", expected "JWT".'],
    ['/device/authenticate', deviceBody({ AuthMethod: 'x' }), 'The body, at /Properties/AuthMethod: found "x", expected "ProofOfPossession" or "RPS".'],
    ['/device/authenticate', deviceBody({ Id: '{75D40EB0-09D6-4D57-A3B6-1F4A6A26BD63' }), 'The body, at /Properties/Id: found "{75D40EB0-09D6-4D57-A3B6-1F4A6A26BD63", expected a GUID, in braces or not.'],
    ['/device/authenticate', deviceBody({ Id: 5 }), 'The body, at /Properties/Id: found 5, expected a GUID, in braces or not.'],
    ['/title/authenticate', titleBody(['SECRET']), 'The body, at /Properties/DeviceToken: expected a device token.'],
    ['/title/authenticate', titleBody(undefined), 'The body, at /Properties/DeviceToken: missing, expected a device token.'],
    ['/title/authenticate', titleBody('SECRET', { RpsTicket: { SECRET: 1 } }), 'The body, at /Properties/RpsTicket: expected a ticket.'],
    ['/title/authenticate', titleBody('SECRET', { AuthMethod: 'x' }), 'The body, at /Properties/AuthMethod: found "x", expected "RPS".'],
    ['/title/authenticate', { ...titleBody('SECRET'), Properties: 'SECRET' }, 'The body, at /Properties: expected an object with DeviceToken, and RpsTicket or TitleId.']
  ] as const) {
    const response = await post(emulator, url, body)
    t.strictSame([response.statusCode, response.json()], [400, { errorCode: 4000, errorMessage: message }], `${url} ${JSON.stringify(body)}`)
  }
})

t.test('only the first JSON value of a body counts, whatever its Content-Type is', async (t) => {
  const { app } = build(t)
  const payload = `${JSON.stringify(deviceBody())},"SECRET":}`
  for (const type of ['text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', undefined]) {
    for (const version of ['0', '1', '2', undefined]) {
      const response = await app.inject({ method: 'POST', url: '/device/authenticate', payload, headers: { ...type && { 'content-type': type }, ...version && { 'x-xbl-contract-version': version } } })
      t.strictSame([response.statusCode, response.headers['content-type']], [200, 'application/json'], `${type} ${version}`)
    }
  }
})

t.test('neither the log nor the journal has a token of a device, title or SISU', async (t) => {
  const lines: string[] = []
  const emulator = build(t, { config: { journalAnswers: true }, logTo: new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } }) })
  const device = await deviceTokenOf(emulator)
  const { Token: titleToken } = (await post(emulator, '/title/authenticate', titleBody(device))).json()
  const start = await post(emulator, '/authenticate', sisuStart(device, { Query: { code_challenge: 'secret-challenge' } }))
  const { TitleToken, UserToken, AuthorizationToken } = (await post(emulator, '/authorize', sisuBody(device))).json()
  for (const url of ['/device/authenticate', '/title/authenticate', '/authenticate', '/authorize']) {
    for (const body of [sisuBody('secret-token'), titleBody('secret-token'), '"secret-token']) await post(emulator, url, body)
  }
  const journal = JSON.stringify(await command(emulator, 'GET', '/requests'))
  const shown = lines.join('') + journal
  for (const secret of ['secret-token', 'secret-challenge', device, titleToken, start.headers['x-sessionid'], TitleToken.Token, UserToken.Token, AuthorizationToken.Token]) t.notOk(shown.includes(secret), secret)
})
