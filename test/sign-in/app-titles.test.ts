import t from 'tap'
import { command, worldText } from '../control/client.ts'
import { build, singleOf } from '../helper.ts'
import { achievement, OTHER_SCID, problemsOf, SCID, session, title, user } from '../world-parts.ts'

/** The title of the Xbox app. */
const APP = 328178078

const WORLD = {
  titles: [title({ achievements: [achievement(), achievement({ id: 2 })] }), title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, sandboxes: ['TEST.1'] })],
  users: [user()],
  sessions: [session({ xuid: '1', titleId: APP }), session({ token: 'own', xuid: '1', titleId: 2 })]
}

const update = (titleId: number, id: number): object => ({ action: 'progressUpdate', serviceConfigId: SCID, titleId, userId: '1', achievements: [{ id: String(id), percentComplete: 100 }] })

t.test('a published application reads every title and updates it in the live dialect; the documented rule lets it do neither', async (t) => {
  for (const [dialect, read, write] of [['live', 200, 200], ['documented', 403, 403]] as const) {
    const emulator = build(t, { config: { dialect }, world: WORLD })
    const post = async (payload: object, token = 'token') => await emulator.app.inject({ method: 'POST', url: `/users/xuid(1)/achievements/${SCID}/update`, headers: { authorization: `XBL3.0 x=hash;${token}`, 'x-xbl-contract-version': '2' }, payload })
    t.equal((await emulator.get(singleOf('1', SCID, 1), { session: 'hash;token' })).statusCode, read, dialect)
    t.equal((await emulator.get(singleOf('1', SCID, 1), { session: '*;token' })).statusCode, read, dialect)
    t.equal((await post(update(1, 1))).statusCode, write, dialect)
    // A title's own token is as before: it may act on its own title alone.
    t.equal((await emulator.get(singleOf('1', SCID, 1), { session: 'hash;own' })).statusCode, 403)
    t.equal((await post(update(1, 2), 'own')).statusCode, 403)
    t.equal((await post(update(APP, 2))).statusCode, 403, 'the body names a title that owns it')
    // What is not published in the sandbox, or is nowhere, is refused as to its own title.
    t.equal((await emulator.get(singleOf('1', OTHER_SCID, 1), { session: 'hash;token' })).statusCode, dialect === 'live' ? 404 : 403)
    t.equal((await emulator.get(singleOf('1', '11111111-2222-3333-4444-cccccccccccc', 1), { session: 'hash;token' })).statusCode, 403)
  }
})

t.test('the token of an application that is a title of the world is that title\'s', async (t) => {
  const emulator = build(t, { config: { dialect: 'live' }, world: { ...WORLD, titles: [...WORLD.titles, title({ titleId: APP, name: 'App', serviceConfigId: '11111111-2222-3333-4444-cccccccccccc' })] } })
  t.equal((await emulator.get(singleOf('1', SCID, 1), { session: 'hash;token' })).statusCode, 403)
  t.equal((await emulator.get(singleOf('1', '11111111-2222-3333-4444-cccccccccccc', 1), { session: 'hash;token' })).statusCode, 200)
})

t.test('a session may name the title of a published application, and no other that the world does not have', async (t) => {
  const emulator = build(t, { world: WORLD })
  const created = await command(emulator, 'POST', '/sessions', { xuid: '1', titleId: 1016898439 })
  t.equal(created.titleId, 1016898439)
  const exported = await worldText(emulator)
  t.strictSame(JSON.parse(exported).sessions.map(({ titleId }: any) => titleId), [APP, 2, 1016898439])
  t.equal(await worldText(build(t, { world: JSON.parse(exported) })), exported)
  await command(emulator, 'POST', '/reset')
  t.strictSame(JSON.parse(await worldText(emulator)).sessions.map(({ titleId }: any) => titleId), [APP, 2])
  const refused = await emulator.app.inject({ method: 'POST', url: '/_emulator/sessions', payload: { titleId: 5 } })
  t.strictSame([refused.statusCode, refused.json().errorMessage], [400, 'titleId is 5; expected the id of a title of the world, or of a published application such as the Xbox app (328178078).'])
  t.strictSame(problemsOf({ sessions: [session({ titleId: 5 })] }), ['a.json: /sessions/0/titleId: found 5, expected the id of a title of the world, or of a published application such as the Xbox app (328178078)'])
  // The title of a session that the world had may go with the world.
  await command(emulator, 'PUT', '/world', { users: [user()], sessions: [session({ xuid: '1', titleId: APP })] })
  t.equal((await emulator.get('/users/xuid(1)/achievements', { session: 'hash;token' })).statusCode, 200)
})
