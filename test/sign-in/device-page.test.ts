import t from 'tap'
import { command } from '../control/client.ts'
import { build, type Emulator } from '../helper.ts'
import { post } from './client.ts'
import { page, policyOf } from './page.ts'

const WORLD = { users: [{ xuid: '1', gamertag: 'ann' }, { xuid: '2', gamertag: '<b>"bob" & sons' }] }
const PATH = '/oauth20_remoteconnect.srf'

const entry = (problem = ''): string => page('Sign in on a device', `${problem}<form>
<label>The code that it shows: <input name="otc" maxlength="8" required autofocus></label>
<button>Go on</button>
</form>
`)

const connect = async (emulator: Emulator): Promise<string> => (await post(emulator, '/oauth20_connect.srf', 'client_id=%3Capp%3E')).json().user_code
const stateOf = async (emulator: Emulator): Promise<unknown> => (await command(emulator, 'GET', '/device-codes')).deviceCodes.map(({ state, xuid }: any) => [state, xuid])
const submit = async ({ app }: Emulator, form: Record<string, string>, headers: object = {}) => await app.inject({ method: 'POST', url: PATH, payload: String(new URLSearchParams(form)), headers: { ...headers } })

t.test('a person enters a code, and says who signs in', async (t) => {
  const emulator = build(t, { world: WORLD })
  const { app } = emulator
  const code = await connect(emulator)
  const first = await app.inject(PATH)
  t.strictSame([first.statusCode, first.body], [200, entry()])
  const { 'ms-cv': _vector, date: _date, ...headers } = first.headers
  t.strictSame({ ...headers }, {
    'cache-control': 'no-cache, no-store',
    pragma: 'no-cache',
    expires: '-1',
    'x-content-type-options': 'nosniff',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyOf("'self'"),
    'referrer-policy': 'same-origin',
    'content-length': String(first.body.length),
    connection: 'keep-alive'
  })
  const choice = page(`Who signs in to &lt;app&gt; on the device that shows ${code}?`, `<form method="post" action="${PATH}">
<input type="hidden" name="otc" value="${code}">
<ul>
<li><button name="user" value="1">ann</button> (1)</li>
<li><button name="user" value="2">&lt;b&gt;&quot;bob&quot; &amp; sons</button> (2)</li>
</ul>
<p><button name="user" value="">Nobody</button></p>
</form>
`)
  for (const otc of [code, code.toLowerCase(), ` ${code} `]) {
    const shown = await app.inject(`${PATH}?${new URLSearchParams({ lc: '1033', otc })}`)
    t.strictSame([shown.statusCode, shown.body], [200, choice])
  }
  t.strictSame(await stateOf(emulator), [['pending', null]], 'a page that is shown decides nothing')

  const back = '<p>You can go back to the device.</p>\n'
  for (const [form, heading, state] of [
    [{ otc: code.toLowerCase(), user: '' }, 'Nobody signs in', ['declined', null]],
    [{ otc: code, user: '2' }, '&lt;b&gt;&quot;bob&quot; &amp; sons signs in', ['approved', '2']],
    [{ otc: code }, 'Nobody signs in', ['declined', null]],
    [{ otc: ` ${code} `, user: 'ANN' }, 'ann signs in', ['approved', '1']]
  ] as const) {
    const response = await submit(emulator, form, { origin: 'http://localhost:80' })
    t.strictSame([response.statusCode, response.body], [200, page(heading, back)])
    t.strictSame(await stateOf(emulator), [state])
  }
})

t.test('what cannot be used is said on the page', async (t) => {
  const emulator = build(t, { world: WORLD })
  const code = await connect(emulator)
  const unknown = '<p>There is no device code &quot;&lt;x&gt;&quot;; expected the user_code that a device was given.</p>\n'
  t.equal((await emulator.app.inject(`${PATH}?otc=%3Cx%3E`)).body, entry(unknown))
  t.equal((await submit(emulator, { otc: '<x>', user: '1' })).body, entry(unknown))
  t.equal((await submit(emulator, { otc: code, user: 'nobody' })).body, entry('<p>No user is called &quot;nobody&quot;.</p>\n'))
  t.equal((await emulator.app.inject({ method: 'POST', url: PATH })).body, entry('<p>There is no device code &quot;&quot;; expected the user_code that a device was given.</p>\n'))
  t.strictSame(await stateOf(emulator), [['pending', null]])
})

t.test('a page of another site decides nothing', async (t) => {
  const emulator = build(t, { world: WORLD })
  const otc = await connect(emulator)
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  for (const headers of [
    { origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site', ...navigation }, { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site', ...navigation }, { host: 'evil.example' }
  ]) t.equal((await submit(emulator, { otc, user: '1' }, headers)).statusCode, 403, JSON.stringify(headers))
  t.equal((await emulator.app.inject({ url: `${PATH}?otc=${otc}&user=1`, headers: { 'sec-fetch-site': 'cross-site', ...navigation } })).statusCode, 200)
  t.strictSame(await stateOf(emulator), [['pending', null]])
})

t.test('what the emulator fails at is no page, and users beyond a thousand are not listed', async (t) => {
  const users = Array.from({ length: 1002 }, (_none, index) => ({ xuid: String(index + 1), gamertag: `g${index}` }))
  const emulator = build(t, { world: { users } })
  const otc = await connect(emulator)
  const { body } = await emulator.app.inject(`${PATH}?otc=${otc}`)
  t.equal(body.match(/<li>/g)?.length, 1000)
  t.match(body, '<p>And 2 more: search for them.</p>\n<p><button name="user" value="">Nobody</button></p>\n')
  const found = await emulator.app.inject(`${PATH}?otc=${otc}&gamertag=G1001`)
  t.equal(found.body, page(`Who signs in to &lt;app&gt; on the device that shows ${otc}?`, `<form>
<input type="hidden" name="otc" value="${otc}">
<label>Gamertags that begin with <input type="search" name="gamertag" value="G1001"></label>
<button>Search</button>
</form>
<form method="post" action="${PATH}">
<input type="hidden" name="otc" value="${otc}">
<ul>
<li><button name="user" value="1002">g1001</button> (1002)</li>
</ul>
<p><button name="user" value="">Nobody</button></p>
</form>
`))
  emulator.database.exec('DROP TABLE device_code')
  t.equal((await emulator.app.inject(`${PATH}?otc=${otc}`)).json().error, 'server_error')
  t.equal((await submit(emulator, { otc, user: '1' })).json().error, 'server_error')
})
