import { authenticate, live, xnet } from '@xboxreplay/xboxlive-auth'
import t from 'tap'
import { startEmulator } from '../../src/index.ts'
import { LIVE_SAMPLE } from '../documented-samples.ts'
import { GAMER, listOf, SAMPLE_TITLE } from '../helper.ts'
import { choose, intercept, PLAYER, unlock, WORLDS } from './whole-flow.ts'

/** The npm package @xboxreplay/xboxlive-auth, as it is published. */

t.test('walks from a code to a header that opens the list', async (t) => {
  const emulator = await startEmulator({ dialect: 'live' })
  t.teardown(emulator.close)
  emulator.intercept()

  const page = live.getAuthorizeUrl('my-app', 'XboxLive.signin', 'code', 'http://localhost:3000/cb')
  const { headers } = await fetch(`${page}&login_hint=gamer`, { redirect: 'manual' })
  const code = new URL(headers.get('location') as string).searchParams.get('code') as string
  const granted = await live.exchangeCodeForAccessToken(code, 'my-app', 'XboxLive.signin', 'http://localhost:3000/cb')
  const refreshed = await live.refreshAccessToken(granted.refresh_token as string, 'my-app', 'XboxLive.signin')

  for (const { access_token: ticket } of [granted, refreshed]) {
    const user = await xnet.exchangeRpsTicketForUserToken(ticket, 'd')
    const { DisplayClaims: { xui: [claims] }, Token } = await xnet.exchangeTokenForXSTSToken(user.Token)
    t.match(claims, { gtg: 'gamer', xid: GAMER, agg: 'Adult' })
    const authorization = `XBL3.0 x=${claims?.uhs};${Token}`
    const response = await fetch(`https://achievements.xboxlive.com${listOf(GAMER, `?titleId=${SAMPLE_TITLE}`)}`, { headers: { authorization, 'x-xbl-contract-version': '2' } })
    t.equal(response.status, 200)
    t.strictSame(await response.json(), LIVE_SAMPLE)
  }
})

t.test('takes a gamertag for a ticket, a device, a sandbox and a title', async (t) => {
  const emulator = await intercept(t, { world: { ...WORLDS.one, titles: WORLDS.one.titles.map((title) => ({ ...title, sandboxes: ['XDKS.1'] })) } })
  const user = await xnet.exchangeRpsTicketForUserToken(PLAYER.gamertag)
  const { Token: deviceToken } = await xnet.experimental.createDummyWin32DeviceToken()
  const ask = async (sandboxId: string) => await xnet.exchangeTokensForXSTSToken({ userTokens: [user.Token], deviceToken, titleToken: '1001' }, { sandboxId })
  const xsts = await ask('XDKS.1')
  t.strictSame(emulator.world().sessions.map(({ token, xuid, titleId, sandbox, expires }) => ({ token, xuid, titleId, sandbox, expires })),
    [{ token: xsts.Token, xuid: PLAYER.xuid, titleId: 1001, sandbox: 'XDKS.1', expires: xsts.NotAfter }])
  const error = await ask('XDKS.2').catch((error) => error)
  t.match(error.getAttributes().extra.response.body, { XErr: 2148916242 }, 'a sandbox in which nothing is published')
})

t.test('from the first request to an unlocked achievement: a code, a refresh token, and a password', async (t) => {
  await intercept(t)
  const back = await choose(live.getAuthorizeUrl('my-app', 'XboxLive.signin', 'code', 'http://localhost:3000/cb'))
  const granted = await live.exchangeCodeForAccessToken(back.searchParams.get('code') as string, 'my-app', 'XboxLive.signin', 'http://localhost:3000/cb')
  const refreshed = await live.refreshAccessToken(granted.refresh_token as string, 'my-app', 'XboxLive.signin')
  for (const [index, { access_token: ticket }] of [granted, refreshed].entries()) {
    const user = await xnet.exchangeRpsTicketForUserToken(ticket, 'd')
    const { DisplayClaims: { xui: [claims] }, Token: token } = await xnet.exchangeTokenForXSTSToken(user.Token)
    await unlock(t, { userHash: claims?.uhs as string, token }, { isUnlocked: index > 0 })
  }
  const { xuid, user_hash: userHash, xsts_token: token } = await authenticate(`${PLAYER.gamertag}@example.com`, 'any') as { xuid: string, user_hash: string, xsts_token: string }
  t.equal(xuid, PLAYER.xuid)
  await unlock(t, { userHash, token }, { isUnlocked: true })
})

t.test('tells of a user who has no profile', async (t) => {
  const emulator = await startEmulator()
  t.teardown(emulator.close)
  emulator.intercept()
  const error = await xnet.exchangeRpsTicketForUserToken('nobody', 'd').catch((error) => error)
  t.match(error.getAttributes(), { code: 'REQUEST_ERROR', extra: { statusCode: 401 } })
  t.strictSame(error.getAttributes().extra.response.body, { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' })
})
