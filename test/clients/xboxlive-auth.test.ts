import { live, xnet } from '@xboxreplay/xboxlive-auth'
import t from 'tap'
import { startEmulator } from '../../src/index.ts'
import { LIVE_SAMPLE } from '../documented-samples.ts'
import { FRIEND, GAMER, listOf, SAMPLE_TITLE } from '../helper.ts'

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

t.test('takes a gamertag for a ticket, a sandbox and a title', async (t) => {
  const emulator = await startEmulator({ dialect: 'live' })
  t.teardown(emulator.close)
  emulator.intercept()
  const user = await xnet.exchangeRpsTicketForUserToken('friend')
  const xsts = await xnet.exchangeTokensForXSTSToken({ userTokens: [user.Token], deviceToken: 'of a device', titleToken: String(SAMPLE_TITLE) }, { sandboxId: 'XDKS.1' })
  t.strictSame(emulator.world().sessions.filter(({ token }) => token === xsts.Token).map(({ xuid, titleId, sandbox, expires }) => ({ xuid, titleId, sandbox, expires })),
    [{ xuid: FRIEND, titleId: SAMPLE_TITLE, sandbox: 'XDKS.1', expires: xsts.NotAfter }])
})

t.test('tells of a user who has no profile', async (t) => {
  const emulator = await startEmulator()
  t.teardown(emulator.close)
  emulator.intercept()
  const error = await xnet.exchangeRpsTicketForUserToken('nobody', 'd').catch((error) => error)
  t.match(error.getAttributes(), { code: 'REQUEST_ERROR', extra: { statusCode: 401 } })
  t.strictSame(error.getAttributes().extra.response.body, { Identity: '0', XErr: 2148916233, Message: '', Redirect: 'https://start.ui.xboxlive.com/CreateAccount' })
})
