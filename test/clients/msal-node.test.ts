import t from 'tap'
import { installClient } from './install.ts'
import { approve, choose, intercept, PLAYER, refusedOf, unlock, withoutWaiting } from './whole-flow.ts'

/** The npm package @azure/msal-node, as it is published: the newest, and the one that prismarine-auth has. */
const require = installClient('whole-flows')
const VERSIONS = [require('@azure/msal-node'), require(require.resolve('@azure/msal-node', { paths: [require.resolve('prismarine-auth')] }))]

const CLIENT = '389b1b32-b5d5-43b2-bddc-84ce938d6737'
const SCOPES = ['XboxLive.signin', 'offline_access']

/** From an access token to a token of Xbox Live. */
async function toXbox (ticket: string): Promise<{ userHash: string, token: string }> {
  const ask = async (url: string, body: object): Promise<any> => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-xbl-contract-version': '1' }, body: JSON.stringify(body) })
    return await response.json()
  }
  const user = await ask('https://user.auth.xboxlive.com/user/authenticate', {
    RelyingParty: 'http://auth.xboxlive.com', TokenType: 'JWT', Properties: { AuthMethod: 'RPS', SiteName: 'user.auth.xboxlive.com', RpsTicket: `d=${ticket}` }
  })
  const { Token: token, DisplayClaims: { xui: [{ uhs: userHash }] } } = await ask('https://xsts.auth.xboxlive.com/xsts/authorize', {
    RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', Properties: { SandboxId: 'RETAIL', UserTokens: [user.Token] }
  })
  return { userHash, token }
}

for (const { PublicClientApplication, CryptoProvider, ...msal } of VERSIONS) {
  for (const tenant of ['consumers', 'common']) {
    t.test(`${msal.version}, ${tenant}: a device code, then silently`, async (t) => {
      withoutWaiting(t)
      const emulator = await intercept(t)
      const app = new PublicClientApplication({ auth: { clientId: CLIENT, authority: `https://login.microsoftonline.com/${tenant}` } })
      const granted = await app.acquireTokenByDeviceCode({ scopes: SCOPES, deviceCodeCallback: (code: object) => approve(emulator, code) })
      t.match(granted, { tokenType: 'Bearer', account: { username: PLAYER.gamertag, name: PLAYER.gamertag, tenantId: '9188040d-6c67-4c5b-b112-36a304b66dad' } })
      await unlock(t, await toXbox(granted.accessToken))
      const [account] = await app.getTokenCache().getAllAccounts()
      t.equal((await app.acquireTokenSilent({ account, scopes: SCOPES })).accessToken, granted.accessToken, 'kept')
      const renewed = await app.acquireTokenSilent({ account, scopes: SCOPES, forceRefresh: true })
      t.not(renewed.accessToken, granted.accessToken)
      t.equal(renewed.account.homeAccountId, granted.account.homeAccountId)
      await toXbox(renewed.accessToken)
      t.strictSame(refusedOf(emulator), [])
    })
  }

  t.test(`${msal.version}: a code with PKCE and a nonce`, async (t) => {
    await intercept(t)
    const app = new PublicClientApplication({ auth: { clientId: CLIENT, authority: 'https://login.microsoftonline.com/consumers' } })
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
    const request = { scopes: SCOPES, redirectUri: 'http://localhost:3000/back' }
    const address = await app.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: 'S256', nonce: 'the nonce', state: 'the state' })
    const back = await choose(address)
    t.strictSame([back.origin + back.pathname, back.searchParams.get('state')], ['http://localhost:3000/back', 'the state'])
    const code = back.searchParams.get('code')
    t.match(await app.acquireTokenByCode({ ...request, code, codeVerifier: 'x'.repeat(43) }).catch((error: object) => error), { errorCode: 'invalid_grant', errorMessage: /AADSTS501481/ })
    const granted = await app.acquireTokenByCode({ ...request, nonce: 'the nonce', code, codeVerifier: verifier }, { nonce: 'the nonce', code })
    t.equal(granted.account.username, PLAYER.gamertag)
    await unlock(t, await toXbox(granted.accessToken))
    t.match(await app.acquireTokenByCode({ ...request, code, codeVerifier: verifier }).catch((error: object) => error), { errorCode: 'invalid_grant', errorMessage: /AADSTS70000/ })
  })
}
