import t from 'tap'
import type { WorldInput } from '../../src/index.ts'
import { installClient } from './install.ts'
import { approve, intercept, PLAYER, refusedOf, silence, unlock, withoutWaiting, WORLDS } from './whole-flow.ts'

/** The npm package prismarine-auth, as it is published, with its @azure/msal-node and @xboxreplay/xboxlive-auth. */
const { Authflow, Titles } = installClient('whole-flows')('prismarine-auth')

const FLOWS: ReadonlyArray<[name: string, options: object]> = [
  ['live', { flow: 'live', authTitle: Titles.MinecraftNintendoSwitch, deviceType: 'Nintendo' }],
  ['live, as the Xbox app', { flow: 'live', authTitle: Titles.XboxAppIOS, deviceType: 'iOS' }],
  ['sisu', { flow: 'sisu', authTitle: Titles.MinecraftAndroid, deviceType: 'Android', relyingParty: 'http://xboxlive.com' }],
  ['msal', { flow: 'msal', authTitle: '389b1b32-b5d5-43b2-bddc-84ce938d6737' }],
  ['password', { flow: 'live', authTitle: Titles.MinecraftJava, password: 'any' }]
]

for (const [name, options] of FLOWS) {
  t.test(`${name}: from the first request to an unlocked achievement`, async (t) => {
    withoutWaiting(t)
    silence(t)
    const emulator = await intercept(t)
    const cache = t.testdir()
    const sign = async (): Promise<{ userXUID: string, userHash: string, XSTSToken: string }> =>
      await new Authflow(PLAYER.gamertag, cache, options, (code: object) => approve(emulator, code)).getXboxToken()
    const { userXUID, userHash, XSTSToken: token } = await sign()
    t.equal(userXUID, PLAYER.xuid)
    await unlock(t, { userHash, token })
    const before = emulator.requests().length
    t.equal((await sign()).XSTSToken, token, 'kept for the next run')
    t.equal(emulator.requests().length, before)
    t.strictSame(refusedOf(emulator), [])
  })
}

t.test('a world with two titles: an application is the title that has its client id, and may read public ones', async (t) => {
  withoutWaiting(t)
  silence(t)
  const [own, other] = WORLDS.two.titles
  const emulator = await intercept(t, { world: { ...WORLDS.two, titles: [{ ...own, clientIds: ['AAAAAAAA-0000-0000-0000-00000000000a'] }, other] } as WorldInput })
  for (const [clientId, titleId, flow] of [['aaaaaaaa-0000-0000-0000-00000000000a', 1001, 'msal'], [Titles.MinecraftJava, 1002, 'live']] as const) {
    const { userHash, XSTSToken: token } = await new Authflow(PLAYER.gamertag, t.testdir(), { flow, authTitle: clientId }, (code: object) => approve(emulator, code)).getXboxToken()
    await unlock(t, { userHash, token }, { titleId })
  }
})

t.test('a token that is renewed, and other relying parties', async (t) => {
  withoutWaiting(t)
  silence(t)
  const emulator = await intercept(t)
  const flow = new Authflow(PLAYER.gamertag, t.testdir(), { flow: 'live', authTitle: Titles.MinecraftJava, deviceType: 'Win32' }, (code: object) => approve(emulator, code))
  const first = await flow.getXboxToken()
  const second = await flow.getXboxToken(undefined, true)
  t.not(second.XSTSToken, first.XSTSToken)
  await unlock(t, { userHash: second.userHash, token: second.XSTSToken })
  const other = await flow.getXboxToken('rp://api.minecraftservices.com/')
  t.equal(other.userHash, first.userHash)
  flow.msa.forceRefresh = true
  await flow.getMsaToken()
  t.match(emulator.requests().at(-1), { path: '/oauth20_token.srf', status: 200 })
})
