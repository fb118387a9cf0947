import t from 'tap'
import { explainEmptyList, type EmptyList, type TitlesAtHand } from '../../src/rules/empty-list.ts'
import { build, type Emulator } from '../helper.ts'
import { OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'

const V1 = 'x-xbl-contract-version is missing or asks for V1, which has titles of the Xbox 360 alone; send 2 for '
const V2 = 'x-xbl-contract-version asks for V2, which has no titles of the Xbox 360; send 1 for '

t.test('why a list is empty', async (t) => {
  const here = { any: true, ofGeneration: true, listed: true, ofOther: false, sandboxes: ['RETAIL'] }
  for (const [asked, titles, hint] of [
    [{}, here, undefined],
    [{}, { ...here, ofOther: true }, undefined],
    [{ generation: 'xbox360' }, here, undefined],
    [{ generation: 'xbox360' }, { ...here, ofOther: true }, `${V1}the world's titles`],
    [{ generation: 'xbox360', titleIds: [1, 2] }, { ...here, ofGeneration: false, listed: false }, `${V1}titles 1, 2`],
    [{ titleIds: [1] }, { ...here, ofGeneration: false, listed: false }, `${V2}title 1`],
    [{ titleIds: [1, 2, 3, 4] }, { ...here, ofGeneration: false, listed: false }, `${V2}titles 1, 2, 3, …`],
    [{}, { ...here, any: false }, 'the world has no titles'],
    [{ titleIds: [1, 2, 3] }, { ...here, any: false }, 'the world has no titles 1, 2, 3; titleId is decimal'],
    [{}, { ...here, listed: false, sandboxes: ['A.1', 'B.2'] }, 'the token\'s sandbox is RETAIL, and the world\'s titles are published in A.1, B.2'],
    [{ titleIds: [1], sandbox: 'X.1' }, { ...here, listed: false }, 'the token\'s sandbox is X.1, and title 1 is published in RETAIL'],
    [{ titleIds: [1, 2] }, { ...here, listed: false, sandboxes: [] }, 'the token\'s sandbox is RETAIL, and titles 1, 2 are published nowhere']
  ] as Array<[Partial<EmptyList>, TitlesAtHand, string | undefined]>) {
    t.equal(explainEmptyList({ generation: 'modern', titleIds: null, sandbox: 'RETAIL', ...asked }, titles), hint, JSON.stringify([asked, titles]))
  }
})

/** An emulator, and the hint of each request. */
function watchHints (emulator: Emulator): Array<string | undefined> {
  const hints: Array<string | undefined> = []
  emulator.app.addHook('onResponse', async ({ hint }) => { hints.push(hint) })
  return hints
}

const WORLD = {
  titles: [title(), title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, sandboxes: ['XDKS.1', 'ABC.2'] }), title({ titleId: 3, name: 'Old', serviceConfigId: '11111111-2222-3333-4444-cccccccccccc', generation: 'xbox360' })],
  users: [user({ achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 50 }] })],
  sessions: [session({ xuid: '1', titleId: 1 }), session({ token: 'dev', xuid: '1', sandbox: 'XDKS.1' }), session({ token: 'foreign', xuid: '1', sandbox: 'NONE.1' })]
}

t.test('the hint of a request, cached or not', async (t) => {
  const foreign = (what: string): string => `the token's sandbox is NONE.1, and ${what} published in `
  for (const [path, version, token, hint, isEmpty = true] of [
    ['achievements', '2', 'token', undefined, false],
    ['achievements?skipItems=9', '2', 'token', undefined],
    ['achievements?types=Challenge', '2', 'token', undefined],
    ['achievements', undefined, 'token', `${V1}the world's titles`],
    ['achievements?titleId=1', '1', 'token', `${V1}title 1`],
    ['achievements?titleId=3', '1', 'token', undefined],
    ['achievements?titleId=3', '2', 'token', `${V2}title 3`],
    ['achievements?titleId=4,5', '2', 'token', 'the world has no titles 4, 5; titleId is decimal'],
    ['achievements?titleId=2', '2', 'token', 'the token\'s sandbox is RETAIL, and title 2 is published in ABC.2, XDKS.1'],
    ['achievements?titleId=2', '2', 'dev', undefined, false],
    ['achievements', '2', 'foreign', `${foreign('the world\'s titles are')}ABC.2, RETAIL, XDKS.1`],
    ['titleachievements?titleId=1', '1', 'token', `${V1}title 1`],
    ['titleachievements?titleId=3', '1', 'foreign', `${foreign('title 3 is')}RETAIL`],
    ['titleachievements?titleId=3', '1', 'token', undefined, false],
    ['history/titles', '2', 'token', undefined, false],
    ['history/titles', '1', 'token', `${V1}the world's titles`],
    ['history/titles', '2', 'foreign', `${foreign('the world\'s titles are')}ABC.2, RETAIL, XDKS.1`],
    ['history/titles?titleId=3', '2', 'token', `${V2}title 3`]
  ] as Array<[string, string | undefined, string, string | undefined, boolean?]>) {
    const emulator = build(t, { world: WORLD })
    const hints = watchHints(emulator)
    const bodies = new Set<string>()
    for (let count = 0; count < 3; count++) bodies.add((await emulator.get(`/users/xuid(1)/${path}`, { session: `hash;${token}`, headers: { 'x-xbl-contract-version': version } })).body.replace(/"version":"[^"]+"/, ''))
    t.strictSame([hints, bodies.size], [[hint, hint, hint], 1], `${path} ${version} ${token}`)
    t.equal([...bodies].some((body) => /"(achievements|titles)":\[\]/.test(body)), isEmpty, [...bodies].join())
  }
})

t.test('a write renews the hint, and a world without titles has one', async (t) => {
  const emulator = build(t, { world: { users: [user()], sessions: [session({ xuid: '1' })] } })
  const hints = watchHints(emulator)
  const ask = async (): Promise<unknown> => await emulator.get('/users/xuid(1)/achievements', { session: 'hash;token' })
  await ask()
  await ask()
  const put = await emulator.app.inject({ method: 'PUT', url: '/_emulator/world', payload: { ...WORLD, titles: WORLD.titles.slice(2), users: [user()], sessions: [session({ xuid: '1' })] } })
  t.equal(put.statusCode, 200)
  await ask()
  t.strictSame(hints.toSpliced(2, 1), ['the world has no titles', 'the world has no titles', `${V2}the world's titles`])
})
