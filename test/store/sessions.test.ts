import t from 'tap'
import { build, FRIEND, GAMER, NOW, SAMPLE_TITLE } from '../helper.ts'
import { formatInstant } from '../../src/instant.ts'
import { session, title, user } from '../worlds.ts'

t.test('a session by user hash and token', async (t) => {
  const { store: { sessions } } = build(t)
  const none = { xuid: null, titleId: null, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: null }
  t.strictSame(sessions.find({ userHash: 'demo', token: 'friend' }), { ...none, xuid: FRIEND, titleId: SAMPLE_TITLE, location: 'FR' })
  t.strictSame(sessions.find({ userHash: 'demo', token: 'site' }), { ...none, xuid: '2533274790412954', thirdPartySite: true })
  t.strictSame(sessions.find({ userHash: 'demo', token: 'anonymous' }), { ...none, titleId: SAMPLE_TITLE })
  t.strictSame(sessions.find({ userHash: 'demo', token: 'expired' }), { ...none, xuid: GAMER, titleId: SAMPLE_TITLE, expires: '2013-03-01T00:00:00.0000000Z' })
  for (const [userHash, token] of [['demo', 'other'], ['other', 'gamer'], ['DEMO', 'gamer'], ['demo', 'Gamer'], ['demo', ''], ['gamer', 'demo']] as const) {
    t.equal(sessions.find({ userHash, token }), undefined, `${userHash};${token}`)
  }
})

t.test('the same token under two user hashes is two sessions', async (t) => {
  const { store: { sessions } } = build(t, { world: { sessions: [session({ location: 'US' }), session({ userHash: 'other', location: 'FR' })] } })
  t.equal(sessions.find({ userHash: 'hash', token: 'token' })?.location, 'US')
  t.equal(sessions.find({ userHash: 'other', token: 'token' })?.location, 'FR')
})

t.test('the example: the first session that can read its own list', async (t) => {
  const now = formatInstant(NOW)
  const usable = session({ userHash: 'h', token: 'usable', xuid: '1', titleId: 1 })
  const found = { userHash: 'h', token: 'usable', xuid: '1', titleId: 1 }
  const cases: Array<[string, object[], object | undefined]> = [
    ['none', [], undefined],
    ['without a user claim', [session()], undefined],
    ['of a third-party site', [session({ xuid: '1', thirdPartySite: true })], undefined],
    ['expired', [session({ xuid: '1', expires: '2000-01-01T00:00:00Z' })], undefined],
    ['expiring now', [session({ xuid: '1', expires: now })], undefined],
    ['without a title claim', [session({ xuid: '1' })], { userHash: 'hash', token: 'token', xuid: '1', titleId: null }],
    ['expiring later', [session({ xuid: '1', expires: '2020-06-15T12:00:00.0000001Z' })], { userHash: 'hash', token: 'token', xuid: '1', titleId: null }],
    ['after others', [session(), session({ token: 'site', xuid: '1', thirdPartySite: true }), usable], found],
    ['before others, in the order of the document', [usable, session({ userHash: 'a', token: 'a', xuid: '1' })], found]
  ]
  for (const [what, sessions, example] of cases) {
    const { store } = build(t, { world: { titles: [title()], users: [user()], sessions } })
    t.strictSame(store.sessions.findExample(now), example, what)
  }
})

t.test('a session that is written, written again and removed', async (t) => {
  const { store: { sessions, world } } = build(t)
  const count = (): number => world.export().sessions.length
  const full = { xuid: FRIEND, titleId: SAMPLE_TITLE, sandbox: 'XDKS.1', location: 'US', thirdPartySite: true, expires: '2100-01-01T00:00:00.0000000Z' }
  const bare = { xuid: null, titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null }
  const before = count()
  for (const claims of [full, bare, full]) {
    sessions.write({ userHash: 'new', token: 'a', ...claims })
    t.strictSame(sessions.find({ userHash: 'new', token: 'a' }), claims)
    t.equal(count(), before + 1)
  }
  t.strictSame([sessions.remove('new', 'A'), sessions.remove('NEW', 'a'), sessions.remove('a', 'new'), count()], [false, false, false, before + 1])
  t.strictSame([sessions.remove('new', 'a'), sessions.remove('new', 'a'), count()], [true, false, before])
  t.equal(sessions.find({ userHash: 'new', token: 'a' }), undefined)
})
