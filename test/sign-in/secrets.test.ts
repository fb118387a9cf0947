import { Writable } from 'node:stream'
import t from 'tap'
import { command } from '../control/client.ts'
import { build } from '../helper.ts'
import { authorize, codeForm, post, postForm, refreshForm } from './client.ts'
import { askAuthorize } from './microsoft-client.ts'

t.test('no code, token or password of a sign-in is in the log, the journal or a HAR, also when answers are kept', async (t) => {
  const lines: string[] = []
  const emulator = build(t, { config: { journalAnswers: true }, logTo: new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } }) })
  const { app } = emulator
  const code = new URL((await authorize(emulator, { login_hint: 'gamer', code_challenge: 'a-challenge' })).headers.location as string).searchParams.get('code') as string
  await app.inject(`/oauth20_desktop.srf?code=${code}&state=s`)
  const granted = (await postForm(emulator, { ...codeForm(code), code_verifier: 'a-challenge' })).json()
  const refreshed = (await app.inject(`/oauth20_token.srf?${new URLSearchParams(refreshForm(granted.refresh_token))}`)).json()
  const implicit = (await authorize(emulator, { login_hint: 'gamer', response_type: 'token' })).headers.location as string
  const [, accessToken = '', refreshToken = ''] = /access_token=([^&]*).*refresh_token=([^&]*)/.exec(implicit) ?? []
  const page = (await authorize(emulator, {})).body
  const ppft = /name="PPFT" value="([^"]+)"/.exec(page)?.[1] as string
  const url = new URL(/"urlPost":"([^"]+)"/.exec(page)?.[1] as string)
  const form = new URLSearchParams({ login: 'gamer', passwd: 'my-password', PPFT: ppft })
  await post(emulator, url.pathname + url.search, String(form))
  await post(emulator, `${url.pathname}${url.search}&${form}`, '')
  const device = (await post(emulator, '/oauth20_connect.srf', 'client_id=my-app')).json()
  const poll = new URLSearchParams({ grant_type: 'device_code', client_id: 'my-app', device_code: device.device_code })
  await postForm(emulator, String(poll))
  await app.inject(`/oauth20_token.srf?${poll}`)

  const journal = JSON.stringify(await command(emulator, 'GET', '/requests'))
  const har = (await app.inject('/_emulator/requests.har')).body
  for (const [what, secret] of Object.entries({
    code,
    ppft,
    accessToken,
    refreshToken,
    password: 'my-password',
    device: device.device_code,
    access: granted.access_token,
    refresh: granted.refresh_token,
    secondAccess: refreshed.access_token,
    secondRefresh: refreshed.refresh_token
  })) {
    t.ok(secret.length > 5, what)
    for (const [where, text] of Object.entries({ log: lines.join(''), journal, har })) t.notOk(text.includes(secret) || text.includes(encodeURIComponent(secret)), `${what} in the ${where}`)
  }
  t.match(journal, '"location":"http://localhost:8080/cb?code=…"')
  t.match(journal, '"location":"http://localhost:8080/cb?lc=1033#access_token=…&token_type=…&expires_in=3600')
  t.match(journal, '"query":"grant_type=refresh_token&client_id=my-app&refresh_token=…"')
  t.match(journal, '"query":"grant_type=device_code&client_id=my-app&device_code=…"')
})

t.test('no message about a wrong sign-in repeats a token that stands where none belongs', async (t) => {
  const lines: string[] = []
  const emulator = build(t, { config: { journalAnswers: true }, logTo: new Writable({ write (chunk, _encoding, done) { lines.push(String(chunk)); done() } }) })
  const header = 'XBL3.0 x=1;my-secret'
  for (const query of [{ login_hint: header }, { response_type: header }, { code_challenge_method: header }]) {
    for (const ask of [authorize, askAuthorize]) t.notMatch((await ask(emulator, query)).headers.location ?? '', 'my-secret')
  }
  for (const parameter of ['?code=my-secret', '#access_token=my-secret', '?to=http%3A%2F%2Fa%3Fcode%3Dmy-secret']) {
    for (const ask of [authorize, askAuthorize]) {
      const refused = await ask(emulator, { redirect_uri: `https://other.example/cb${parameter}` })
      t.equal(refused.statusCode, 400)
      t.notMatch(refused.body, 'my-secret')
      t.match(refused.body, 'redirect_uri is \\"https://other.example/cb')
    }
  }
  const journal = JSON.stringify(await command(emulator, 'GET', '/requests'))
  t.ok(lines.length >= 12)
  for (const text of [lines.join(''), journal]) t.notMatch(text, 'my-secret')
})
