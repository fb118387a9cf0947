import { join } from 'node:path'
import t from 'tap'
import { installClient } from './install.ts'
import { approve, choose, intercept, PLAYER, silence, unlock } from './whole-flow.ts'

/** npm packages that sign in, as they are published; some go on to the hosts around the achievements. */
const require = installClient('whole-flows')

const DESKTOP = 'https://login.live.com/oauth20_desktop.srf'

/** The parts of an Authorization header. */
function held (header: string): { userHash: string, token: string } {
  const [, userHash = '', token = ''] = /^XBL3\.0 x=([^;]+);(.+)$/.exec(header) ?? []
  return { userHash, token }
}

t.test('msmc: a code that leads to the desktop page, a profile, friends, and again with the refresh token', async (t) => {
  silence(t)
  await intercept(t)
  const { Auth } = require('msmc')
  const auth = new Auth('select_account')
  const back = await choose(auth.createLink())
  t.equal(back.origin + back.pathname, DESKTOP)
  t.equal((await fetch(back)).status, 200, 'the page is there')
  const xbox = await auth.login(back.searchParams.get('code'))
  await unlock(t, held(await xbox.xAuth()))
  const social = await xbox.getSocial()
  t.match(await social.getProfile(), { xuid: PLAYER.xuid, gamerTag: PLAYER.gamertag, score: 0 })
  t.strictSame(await social.getFriends(), [])
  await unlock(t, held(await (await auth.refresh(xbox.save())).xAuth()), { isUnlocked: true })
})

t.test('xal-node: SISU with a redirect to an application, then XSTS, then all over with the refresh token', async (t) => {
  await intercept(t)
  const { Xal, TokenStore } = require('xal-node')
  const store = new TokenStore()
  store.load(join(t.testdir(), 'tokens.json'), true)
  const xal = new Xal(store)
  const redirect = await xal.getRedirectUri()
  t.match(redirect.sisuAuth, { SessionId: /./, MsaRequestParameters: {} })
  const back = await choose(redirect.sisuAuth.MsaOauthRedirect)
  t.match(back.href, /^ms-xal-000000004c20a908:\/\/auth\?code=/)
  t.ok(await xal.authenticateUser(redirect, back.href))
  for (let count = 0; count < 2; count++) {
    const { sisuToken } = await xal.refreshTokens()
    const { DisplayClaims: { xui: [claims] }, Token: token } = sisuToken.data.AuthorizationToken
    t.match(claims, { xid: PLAYER.xuid, gtg: PLAYER.gamertag })
    await unlock(t, { userHash: claims.uhs, token }, { isUnlocked: count > 0 })
    const { data } = await xal.getWebToken()
    await unlock(t, { userHash: data.DisplayClaims.xui[0].uhs, token: data.Token }, { isUnlocked: true })
  }
})

t.test('xal-node: a device code of login.microsoftonline.com, as the pages of xbox.com', async (t) => {
  const emulator = await intercept(t, { allowedOrigins: 'https://www.xbox.com' })
  const { Msal, TokenStore } = require('xal-node')
  const store = new TokenStore()
  store.load(join(t.testdir(), 'tokens.json'), true)
  const msal = new Msal(store)
  const code = await msal.doDeviceCodeAuth()
  approve(emulator, code)
  await msal.doPollForDeviceCodeAuth(code.device_code)
  const { data } = await msal.getWebToken()
  await unlock(t, { userHash: data.DisplayClaims.xui[0].uhs, token: data.Token })
  await msal.refreshUserToken()
})

t.test('minecraft-auth: a code of login.microsoftonline.com with PKCE, refreshed at login.live.com', async (t) => {
  await intercept(t, { allowedOrigins: 'http://localhost:8080' })
  const { MicrosoftAuth } = require('minecraft-auth')
  // Its Origin header is the address that the sign-in leads back to: no origin has a path.
  MicrosoftAuth.setup({ redirectURL: 'http://localhost:8080' })
  const pair = MicrosoftAuth.generatePKCEPair()
  const back = await choose(MicrosoftAuth.createUrl(pair))
  const granted = await MicrosoftAuth.getToken(back.searchParams.get('code'), pair)
  for (const { access_token: ticket } of [granted, await MicrosoftAuth.getTokenRefresh(granted.refresh_token)]) {
    const { Token } = await MicrosoftAuth.authXBL(ticket)
    t.match(await MicrosoftAuth.authXSTS(Token), { DisplayClaims: { xui: [{ uhs: /^\d+$/ }] } }, 'for the services of Minecraft')
  }
})

t.test('@xmcl/user: a ticket, a device, two relying parties and a profile', async (t) => {
  await intercept(t)
  const { MicrosoftAuthenticator } = require('@xmcl/user')
  const authenticator = new MicrosoftAuthenticator()
  const { minecraftXstsResponse, liveXstsResponse } = await authenticator.acquireXBoxToken(PLAYER.gamertag)
  const { DisplayClaims: { xui: [{ uhs: userHash, xid }] }, Token: token } = liveXstsResponse
  t.equal(minecraftXstsResponse.DisplayClaims.xui[0].uhs, userHash)
  t.equal(xid, PLAYER.xuid)
  await unlock(t, { userHash, token })
  const profile = await authenticator.getXboxGameProfile(xid, userHash, token)
  t.match(profile, { profileUsers: [{ id: PLAYER.xuid, settings: [{ id: 'PublicGamerpic' }, { id: 'Gamertag', value: PLAYER.gamertag }] }] })
})

t.test('@xboxreplay/xboxlive-api: a gamertag to a XUID, and settings', async (t) => {
  await intercept(t)
  const { MicrosoftAuthenticator } = require('@xmcl/user')
  const { liveXstsResponse: { DisplayClaims: { xui: [{ uhs: userHash }] }, Token: XSTSToken } } = await new MicrosoftAuthenticator().acquireXBoxToken(PLAYER.xuid)
  const api = require('@xboxreplay/xboxlive-api')
  t.equal(await api.getPlayerXUID(PLAYER.gamertag, { userHash, XSTSToken }), PLAYER.xuid)
  t.strictSame(await api.getPlayerSettings(PLAYER.gamertag, { userHash, XSTSToken }, ['Gamerscore', 'Gamertag']), [{ id: 'Gamerscore', value: '0' }, { id: 'Gamertag', value: PLAYER.gamertag }])
  t.match(await api.getPlayerXUID('Nobody', { userHash, XSTSToken }).catch((error: object) => error), { details: { statusCode: 404 } })
})

t.test('async-xbox-live-api: a password on the page of the live host, a profile, and the titles', async (t) => {
  const { TMPDIR } = process.env
  Object.assign(process.env, { TMPDIR: t.testdir(), XBL_USERNAME: PLAYER.gamertag, XBL_PASSWORD: 'any' })
  t.teardown(() => {
    delete process.env['XBL_USERNAME']
    delete process.env['XBL_PASSWORD']
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  })
  await intercept(t)
  const api = require('async-xbox-live-api')
  t.equal(await api.getXuid(PLAYER.gamertag), PLAYER.xuid)
  t.match(await api.getAchievementsForGamer(PLAYER.gamertag), { titles: [], pagingInfo: { totalRecords: 0 } })
})
