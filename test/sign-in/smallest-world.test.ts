import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import { createStartingWorld } from '../../src/world/starting-world.ts'
import { build, singleOf, type Emulator } from '../helper.ts'
import { authorize, codeForm, post, postForm, postXsts, REDIRECT, refreshForm, userTokenOf } from './client.ts'
import { deviceBody, deviceTokenOf, sessionOf, sisuSession, sisuStart, titleBody } from './xal-client.ts'

/** One's own smallest world, as `world init` makes it: one title, not public, and no client ids. */
const { $schema: _schema, sessions: _sessions, ...WORLD } = createStartingWorld({ titleId: 1234567, name: 'My game', gamertag: 'me' }) as any
const XUID = WORLD.users[0].xuid

/** A client id of one's own, one of nobody's, and two that are published. */
const CLIENT_IDS = ['my-app', '0f8fad5b-d9cb-469f-a165-70867728950e', '000000004c12ae6f', '00000000441cc96b']

const throughXsts = async (emulator: Emulator, ticket: string, properties: object = {}): Promise<string> =>
  sessionOf((await postXsts(emulator, await userTokenOf(emulator, ticket), properties)).json())

const codeTicket = async (emulator: Emulator, clientId: string): Promise<any> => {
  const { headers } = await authorize(emulator, { client_id: clientId, login_hint: 'me' })
  const code = new URL(headers.location as string).searchParams.get('code') as string
  return (await postForm(emulator, { ...codeForm(code), client_id: clientId })).json()
}

async function deviceCodeTicket (emulator: Emulator, clientId: string): Promise<string> {
  const { device_code: code, user_code: userCode } = (await post(emulator, '/oauth20_connect.srf', String(new URLSearchParams({ client_id: clientId, scope: 'x', response_type: 'device_code' })))).json()
  await emulator.app.inject({ method: 'PUT', url: `/_emulator/device-codes/${userCode}`, payload: { decision: 'approve', user: 'me' } })
  return (await postForm(emulator, { client_id: clientId, grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: code })).json().access_token
}

/** What the fragment of the implicit grant has. */
const inFragment = (location: unknown): string => new URLSearchParams(new URL(String(location)).hash.slice(1)).get('access_token') as string

const implicitTicket = async (emulator: Emulator, clientId: string): Promise<string> =>
  inFragment((await authorize(emulator, { client_id: clientId, response_type: 'token', login_hint: 'me' })).headers.location)

async function passwordTicket (emulator: Emulator, clientId: string): Promise<string> {
  const page = (await authorize(emulator, { client_id: clientId, response_type: 'token' })).body
  const { pathname, search, host } = new URL(/"urlPost":"([^"]+)"/.exec(page)?.[1] as string)
  const payload = String(new URLSearchParams({ login: 'me', loginfmt: 'me', passwd: 'any', PPFT: /name="PPFT" value="([^"]+)"/.exec(page)?.[1] as string }))
  return inFragment((await emulator.app.inject({ method: 'POST', url: pathname + search, headers: { host }, payload })).headers.location)
}

/** SISU from its start: the page that it names, the code, and all tokens. */
async function wholeSisu (emulator: Emulator, clientId: string): Promise<string> {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const device = (await post(emulator, '/device/authenticate', deviceBody({ ProofKey: publicKey.export({ format: 'jwk' }) }))).json().Token
  const started = await post(emulator, '/authenticate', sisuStart(device, { AppId: clientId, RedirectUri: REDIRECT, Query: { state: 's' } }))
  const page = new URL(started.json().MsaOauthRedirect)
  const { headers } = await emulator.app.inject(`${page.pathname}${page.search}&login_hint=me`)
  const code = new URL(headers.location as string).searchParams.get('code') as string
  const { access_token: ticket } = (await postForm(emulator, { ...codeForm(code), client_id: clientId })).json()
  return await sisuSession(emulator, { AppId: clientId, AccessToken: `t=${ticket}`, SessionId: started.headers['x-sessionid'] })
}

async function withTitleToken (emulator: Emulator, clientId: string): Promise<string> {
  const ticket = await deviceCodeTicket(emulator, clientId)
  const DeviceToken = await deviceTokenOf(emulator)
  const { Token: TitleToken } = (await post(emulator, '/title/authenticate', titleBody(DeviceToken, { RpsTicket: `t=${ticket}` }))).json()
  return await throughXsts(emulator, `t=${ticket}`, { DeviceToken, TitleToken })
}

/** How an application gets a session of the user, `userhash;token`. */
const FLOWS: Readonly<Record<string, (emulator: Emulator, clientId: string) => Promise<string>>> = {
  code: async (emulator, clientId) => await throughXsts(emulator, `d=${(await codeTicket(emulator, clientId)).access_token}`),
  refresh: async (emulator, clientId) => {
    const { refresh_token: token } = (await codeTicket(emulator, clientId))
    return await throughXsts(emulator, `d=${(await postForm(emulator, { ...refreshForm(token), client_id: clientId })).json().access_token}`)
  },
  device: async (emulator, clientId) => await throughXsts(emulator, `d=${await deviceCodeTicket(emulator, clientId)}`, { DeviceToken: await deviceTokenOf(emulator) }),
  'device with a title token': withTitleToken,
  implicit: async (emulator, clientId) => await throughXsts(emulator, `t=${await implicitTicket(emulator, clientId)}`),
  password: async (emulator, clientId) => await throughXsts(emulator, `t=${await passwordTicket(emulator, clientId)}`),
  sisu: wholeSisu,
  'sisu after a device code': async (emulator, clientId) => await sisuSession(emulator, { AppId: clientId, AccessToken: `t=${await deviceCodeTicket(emulator, clientId)}` }),
  'a gamertag for a ticket': async (emulator) => await throughXsts(emulator, 'd=me')
}

for (const [name, flow] of Object.entries(FLOWS)) {
  t.test(`in one's own smallest world, live, everything of the list can be read singly and updated: ${name}`, async (t) => {
    for (const clientId of CLIENT_IDS) {
      const emulator = build(t, { config: { dialect: 'live' }, world: WORLD })
      const session = await flow(emulator, clientId)
      const { achievements } = (await emulator.get(`/users/xuid(${XUID})/achievements`, { session })).json()
      t.equal(achievements.length, 3, clientId)
      for (const { id, serviceConfigId, titleAssociations: [{ id: titleId }] } of achievements) {
        t.equal((await emulator.get(singleOf(XUID, serviceConfigId, id), { session })).statusCode, 200, `${clientId} ${id}`)
        const payload = { action: 'progressUpdate', serviceConfigId, titleId, userId: XUID, achievements: [{ id, percentComplete: 100 }] }
        const updated = await emulator.app.inject({ method: 'POST', url: `/users/xuid(${XUID})/achievements/${serviceConfigId}/update`, headers: { authorization: `XBL3.0 x=${session}`, 'x-xbl-contract-version': '2' }, payload })
        t.ok([200, 304].includes(updated.statusCode), `${clientId} ${id}: ${updated.statusCode}`)
      }
      const after = (await emulator.get(`/users/xuid(${XUID})/achievements`, { session })).json().achievements
      t.strictSame(after.map(({ progressState }: any) => progressState), ['Achieved', 'Achieved', 'Achieved'], clientId)
    }
  })
}

t.test('in the documented dialect an application that no title names has no title claim, and reads singly what is public', async (t) => {
  for (const [isPublic, clientIds, status] of [[false, [], 403], [true, [], 200], [false, ['my-app'], 200]] as const) {
    const emulator = build(t, { world: { ...WORLD, titles: [{ ...WORLD.titles[0], public: isPublic, clientIds }] } })
    const session = await (FLOWS['code'] as (emulator: Emulator, clientId: string) => Promise<string>)(emulator, 'my-app')
    t.equal((await emulator.get(singleOf(XUID, WORLD.titles[0].serviceConfigId, 1), { session })).statusCode, status)
  }
})
