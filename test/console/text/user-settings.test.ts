import t from 'tap'
import { fillForm, requestsBack, requestsFor, type SettingsForm, type StoredSettings } from '../../../src/console/text/user-settings.ts'
import { command } from '../../control/client.ts'
import { build, LARGE_TITLE } from '../../helper.ts'

const STORED: StoredSettings = {
  gamertag: 'gamer',
  privacy: 'friendsOnly',
  signInError: 7,
  profile: { realName: 'A', bio: 'B', location: 'C', tenureLevel: 3 },
  presence: { state: 'Online', titles: [{ titleId: 1, richPresence: null }, { titleId: 2, richPresence: 'In the menu' }] }
}
const BARE: StoredSettings = { gamertag: 'x', privacy: 'everyone', signInError: null, profile: null, presence: null }
const FORM: SettingsForm = { gamertag: 'gamer', privacy: 'friendsOnly', signInError: '7', realName: 'A', bio: 'B', location: 'C', presence: 'Online', titleId: '2', richPresence: 'In the menu' }
const NOTHING: SettingsForm = { gamertag: 'x', privacy: 'everyone', signInError: '', realName: '', bio: '', location: '', presence: '', titleId: '', richPresence: '' }

t.test('the fields of a user', async (t) => {
  t.strictSame(fillForm(STORED), FORM)
  t.strictSame(fillForm(BARE), NOTHING)
  t.strictSame(fillForm({ ...BARE, presence: { state: 'Offline', titles: [] } }), { ...NOTHING, presence: 'Offline' })
})

t.test('requests for what has changed', async (t) => {
  const put = (body: object) => [{ method: 'PUT', path: '', body }]
  const presence = (body: object) => [{ method: 'PUT', path: '/presence', body }]
  for (const [change, requests] of [
    [{}, []],
    [{ gamertag: 'other' }, put({ gamertag: 'other' })],
    [{ privacy: 'blocked', signInError: '' }, put({ privacy: 'blocked', signInError: 0 })],
    [{ signInError: ' 8 ' }, put({ signInError: 8 })],
    [{ signInError: 'many' }, put({ signInError: 'many' })],
    [{ bio: '' }, put({ profile: { realName: 'A', bio: '', location: 'C', tenureLevel: 3 } })],
    [{ presence: '' }, [{ method: 'DELETE', path: '/presence' }]],
    [{ presence: 'Away' }, presence({ state: 'Away', titles: [{ titleId: 2, richPresence: 'In the menu' }] })],
    [{ titleId: '', richPresence: '' }, presence({ state: 'Online', titles: [] })],
    [{ richPresence: '' }, presence({ state: 'Online', titles: [{ titleId: 2 }] })],
    [{ gamertag: 'other', titleId: '5' }, [...put({ gamertag: 'other' }), ...presence({ state: 'Online', titles: [{ titleId: 5, richPresence: 'In the menu' }] })]]
  ] as const) t.strictSame(requestsFor(STORED, { ...FORM, ...change }), requests, JSON.stringify(change))
})

t.test('requests that take them back', async (t) => {
  const all = requestsFor(STORED, NOTHING)
  t.strictSame(requestsBack(STORED, all), [
    { method: 'PUT', path: '/presence', body: STORED.presence },
    { method: 'PUT', path: '', body: { gamertag: 'gamer', privacy: 'friendsOnly', signInError: 7, profile: STORED.profile } }
  ])
  t.strictSame(requestsBack(BARE, requestsFor(BARE, FORM)), [
    { method: 'DELETE', path: '/presence' },
    { method: 'PUT', path: '', body: { gamertag: 'x', privacy: 'everyone', signInError: 0, profile: {} } }
  ])
  t.strictSame(requestsBack(STORED, requestsFor(STORED, { ...FORM, gamertag: 'other' })), [{ method: 'PUT', path: '', body: { gamertag: 'gamer' } }])
})

t.test('the emulator takes them, there and back', async (t) => {
  const emulator = build(t)
  const before = emulator.store.world.export()
  const stored = await command(emulator, 'GET', '/users/stranger')
  const done = requestsFor(stored, { ...fillForm(stored), gamertag: 'other', privacy: 'everyone', signInError: '2148916238', bio: 'Hello', presence: 'Online', titleId: String(LARGE_TITLE), richPresence: 'Here' })
  for (const { method, path, body } of done) await command(emulator, method, `/users/${stored.xuid}${path}`, body)
  const changed = await command(emulator, 'GET', `/users/${stored.xuid}`)
  t.match(changed, { gamertag: 'other', privacy: 'everyone', signInError: 2148916238, profile: { bio: 'Hello' }, presence: { state: 'Online', titles: [{ titleId: LARGE_TITLE, richPresence: 'Here' }] } })
  for (const { method, path, body } of requestsBack(stored, done)) await command(emulator, method, `/users/${stored.xuid}${path}`, body)
  t.strictSame(emulator.store.world.export(), before)
})
