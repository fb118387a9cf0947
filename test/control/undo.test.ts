import fc from 'fast-check'
import t from 'tap'
import { build, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title, user } from '../world-parts.ts'
import { command, control, worldText } from './client.ts'

/** What the page does, in any order, is taken back in the reverse one as the page takes it back, step by step. */

const TIME = '2020-01-01T00:00:00Z'
const requirements = [{ id: 'r', target: '10' }]
const WORLD = {
  titles: [
    title({ sandboxes: ['RETAIL', 'XDKS.1'], achievements: [1, 2, 3].map((id) => achievement({ id, requirements })) }),
    title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, achievementSystem: 'titleManaged', achievements: [1, 2].map((id) => achievement({ id, requirements: [] })) })
  ],
  users: [
    user({ xuid: '2', gamertag: 'bob', friends: ['1', '3'], favorites: ['1'] }),
    user({
      privacy: 'friendsOnly',
      friends: ['3', '2'],
      titles: [{ titleId: 1, sandbox: 'RETAIL', lastPlayed: TIME, sequence: 7, minutesPlayed: 5, stats: [{ name: 'Kills', value: '3' }] }],
      achievements: [
        { serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: TIME, requirements: [{ id: 'r', current: '10' }] },
        { serviceConfigId: SCID, id: 2, sandbox: 'XDKS.1', percentComplete: 40 },
        { serviceConfigId: SCID, id: 3, isRevoked: true },
        { serviceConfigId: OTHER_SCID, id: 1, percentComplete: 100 }
      ]
    }),
    user({ xuid: '3', gamertag: 'cat', friends: ['1'], titles: [{ titleId: 2, lastPlayed: TIME }] })
  ],
  sessions: [session({ xuid: '2' }), session({ token: 'of-ann', xuid: '1', titleId: 1, sandbox: 'XDKS.1', expires: '2030-01-01T00:00:00Z' })]
}

interface Deed {
  readonly name: string
  /** Of the whole world: what was done before it is of another one then. */
  readonly isOfWorld?: boolean
  /** @returns what takes it back; null: it was refused. */
  readonly run: (emulator: Emulator) => Promise<(() => Promise<unknown>) | null>
}

/** A change of progress, whose answer is what was there before. */
const ofProgress = (method: string, xuid: string, path: string, body?: object): Deed => ({
  name: `${method} ${xuid} ${path} ${JSON.stringify(body)}`,
  run: async (emulator) => {
    const { status, body: before } = await control(emulator, method, `/users/${xuid}/achievements${path}`, body)
    return status === 200 ? async () => await command(emulator, 'PATCH', `/users/${xuid}/achievements`, before) : null
  }
})

const ofWorld = (method: string, path: string, body?: object): Deed => ({
  name: `${method} ${path} ${JSON.stringify(body)}`,
  isOfWorld: true,
  run: async (emulator) => {
    const [world, start, { source }] = [await command(emulator, 'GET', '/world'), await command(emulator, 'GET', '/world/start'), await command(emulator, 'GET', '/about')]
    // A part of a user who has been deleted makes no world.
    if ((await control(emulator, method, path, body)).status >= 300) return null
    return async () => await command(emulator, 'POST', '/world/restore', { world, start: JSON.stringify(world) === JSON.stringify(start) ? null : start, source })
  }
})

const deletion = (xuid: string): Deed => ({
  name: `delete ${xuid}`,
  run: async (emulator) => (await control(emulator, 'DELETE', `/users/${xuid}`)).status < 300 ? async () => await command(emulator, 'POST', `/users/${xuid}/restore`) : null
})

const xuids = fc.constantFrom('1', '2', '3')
const entries = fc.record({
  serviceConfigId: fc.constantFrom(SCID, OTHER_SCID),
  id: fc.constantFrom(1, 2),
  sandbox: fc.constantFrom(null, 'RETAIL'),
  percentComplete: fc.constantFrom(null, 0, 1, 50, 100),
  timeUnlocked: fc.constantFrom(null, TIME, '2020-05-05T05:05:05.5Z'),
  isRevoked: fc.constantFrom(null, true, false),
  requirements: fc.constantFrom(null, [], [{ id: 'r', current: '7' }])
})
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  xuids.map(deletion),
  fc.tuple(xuids, fc.array(entries, { minLength: 1, maxLength: 4 })).map(([xuid, achievements]) => ofProgress('PATCH', xuid, '', { achievements })),
  fc.tuple(xuids, fc.constantFrom('', `/${SCID}`, `/${OTHER_SCID}`, `/${SCID}/1`), fc.constantFrom('', '&sandbox=RETAIL', '&sandbox=XDKS.1')).map(([xuid, path, query]) => ofProgress('DELETE', xuid, `${path}?answer=before${query}`)),
  fc.constantFrom(
    ofWorld('PATCH', '/world', { users: [{ xuid: '1', gamertag: 'Anna', achievements: [] }], titles: [{ titleId: 1, name: 'Uno' }] }),
    ofWorld('PUT', '/world', { users: [{ xuid: '9', gamertag: 'nine' }] }), ofWorld('POST', '/reset'), ofWorld('POST', '/world/generate', { users: 2 }),
    ofWorld('POST', '/world/import', { files: [{ name: 'a.json', text: '{"users":[{"xuid":"3","privacy":"blocked"}]}' }] })
  )
)

/** The world, and what a reset makes of it. */
const stateOf = async (emulator: Emulator): Promise<readonly [string, string]> => [await worldText(emulator), JSON.stringify(await command(emulator, 'GET', '/world/start'))]
/** A world that is put back has the numbers of its unlocks in the sequence of its titles. */
const withoutSequences = (state: readonly string[]): readonly string[] => state.map((text) => text.replace(/"sequence":\d+/g, ''))

t.test('whatever was done is taken back, in the reverse order', async (t) => {
  let undone = 0
  await fc.assert(fc.asyncProperty(fc.array(deeds, { minLength: 1, maxLength: 8 }), async (chosen) => {
    const emulator = build(t, { world: structuredClone(WORLD) })
    const done = []
    for (const deed of chosen) {
      const state = await stateOf(emulator)
      const undo = await deed.run(emulator)
      if (undo !== null) done.push({ deed, state, undo })
    }
    let isPutBack = false
    for (const { deed, state, undo } of done.reverse()) {
      // Who was deleted before the world became another one is forgotten: the page offers the way back no more.
      if (isPutBack && deed.name.startsWith('delete')) break
      await undo()
      undone++
      isPutBack ||= deed.isOfWorld === true
      const [is, was] = isPutBack ? [withoutSequences(await stateOf(emulator)), withoutSequences(state)] : [await stateOf(emulator), state]
      if (JSON.stringify(is) !== JSON.stringify(was)) throw new Error(`${deed.name} is not taken back: ${is[0]}, which was ${was[0]}`)
    }
  }), { seed: 7, numRuns: 60 })
  t.ok(undone > 100, `${undone} were taken back`)
})
