import fc from 'fast-check'
import t from 'tap'
import { build, FRIEND, GAMER, LARGE_TITLE, NOW, SAMPLE_SCID, STRANGER, type Emulator } from '../helper.ts'
import { update } from './changes.ts'
import { command, control, worldText } from './client.ts'
import { presence, profile } from './random-neighbours.ts'
import { randomWorld } from './random-world.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const xuid = fc.constantFrom(GAMER, FRIEND, STRANGER, '7', '8')
const privacy = fc.constantFrom('everyone', 'friendsOnly', 'blocked')
const gamertag = fc.constantFrom('gamer', 'FRIEND', 'new', 'É', 'é', 'a b')
const id = fc.integer({ min: 1, max: 49 })
const percentComplete = fc.integer({ min: 0, max: 100 })
const instant = fc.constantFrom('2013-01-17T03:19:00.3087016Z', '2100-01-01T00:00:00Z')

/** A request to the control API that may be refused, but never fails. */
const step = fc.oneof(
  fc.tuple(fc.constant('PUT'), xuid.map((one) => `/users/${one}`), fc.record({ gamertag, privacy, profile, signInError: fc.constantFrom(0, 2148916238) }, { requiredKeys: [] })),
  fc.tuple(fc.constant('DELETE'), xuid.map((one) => `/users/${one}`)),
  fc.tuple(fc.constant('PUT'), xuid.map((one) => `/users/${one}/privacy`), fc.record({ privacy })),
  fc.tuple(fc.constantFrom('PUT', 'DELETE'), fc.tuple(xuid, xuid).map(([one, other]) => `/users/${one}/friends/${other}`), fc.constantFrom(undefined, { isFavorite: true }, { isFavorite: false })),
  fc.tuple(fc.constant('PUT'), xuid.map((one) => `/users/${one}/presence`), presence),
  fc.tuple(fc.constant('DELETE'), xuid.map((one) => `/users/${one}/presence`)),
  fc.tuple(fc.constant('PUT'), fc.tuple(xuid, fc.constantFrom(SCID, SAMPLE_SCID), id).map((parts) => `/users/${parts[0]}/achievements/${parts[1]}/${parts[2]}`),
    fc.record({ percentComplete, isRevoked: fc.boolean(), timeUnlocked: instant, sandbox: fc.constantFrom(null, 'RETAIL', 'XDKS.1') }, { requiredKeys: [] })),
  fc.tuple(fc.constant('POST'), fc.constant('/sessions'), fc.record({ userHash: fc.constant('demo'), token: fc.constantFrom('gamer', 'a', 'b'), xuid, titleId: fc.constant(LARGE_TITLE), expires: instant }, { requiredKeys: ['userHash', 'token'] })),
  fc.tuple(fc.constant('DELETE'), fc.constantFrom('gamer', 'site', 'a', 'b').map((token) => `/sessions/demo/${token}`))
)
const part = fc.record({ users: fc.array(fc.record({ xuid, gamertag, privacy }), { maxLength: 2 }), sessions: fc.constant([{ userHash: 'p', token: 'p' }]) }, { requiredKeys: [] })
const patch = part.map((body): [string, string, unknown] => ['PATCH', '/world', body])

async function take (emulator: Emulator, steps: ReadonlyArray<readonly [string, string, unknown?]>): Promise<number> {
  let changes = 0
  for (const [method, path, body] of steps) {
    const { status, body: answer } = await control(emulator, method, path, body)
    if (status >= 500) throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${JSON.stringify(answer)}`)
    if (status < 300) changes++
  }
  return changes
}

t.test('a reset undoes random changes, to the byte', async (t) => {
  const emulator = build(t)
  const before = await worldText(emulator)
  let changes = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    changes += await take(emulator, steps)
    await command(emulator, 'POST', '/reset')
    t.equal(await worldText(emulator), before)
  }), { seed: 21, numRuns: 60, examples: [[fc.sample(step, { numRuns: 400, seed: 1 })]] })
  t.ok(changes > 100, 'many of them were changes')
  await update(emulator, '11', 100)
  await command(emulator, 'POST', '/reset')
  t.equal(await worldText(emulator), before)
})

t.test('a reset undoes random changes and merged parts of worlds', async (t) => {
  const emulator = build(t)
  const before = await worldText(emulator)
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: patch }), { maxLength: 12 }), async (steps) => {
    await take(emulator, steps)
    await command(emulator, 'POST', '/reset')
    t.equal(await worldText(emulator), before)
  }), { seed: 22, numRuns: 15 })
})

t.test('after random changes, an export starts an emulator that exports the same', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const emulator = build(t)
    await take(emulator, steps)
    const text = await worldText(emulator)
    t.equal(await worldText(build(t, { world: JSON.parse(text) })), text)
  }), { seed: 23, numRuns: 20 })
})

t.test('an export of the demo world starts an emulator that exports the same', async (t) => {
  const text = await worldText(build(t))
  t.equal(await worldText(build(t, { world: JSON.parse(text) })), text)
})

t.test('an export of a random world, started or put, answers and exports the same', async (t) => {
  const putInto = build(t, { world: {} })
  await fc.assert(fc.asyncProperty(randomWorld, async (world) => {
    const first = build(t, { world, config: { dialect: 'live', crossUser: 'privacy' } })
    const text = await worldText(first)
    const second = build(t, { world: JSON.parse(text), config: { dialect: 'live', crossUser: 'privacy' } })
    t.equal(await worldText(second), text)
    await command(putInto, 'PUT', '/world', world)
    t.equal(await worldText(putInto), text)

    for (const key of world.userKeys.slice(0, 1)) {
      const ask = async ({ app }: Emulator): Promise<string> => (await app.inject({ url: '/achievements/?fields=*&limit=50&order=owners_percentage', headers: { 'user-key': key } })).body
      const records = await ask(first)
      t.equal(await ask(second), records, 'records')
      t.equal(await ask(putInto), records, 'records')
    }
    for (const { userHash, token } of world.sessions) {
      for (const version of ['1', '4']) {
        const url = `/users/xuid(${world.users[0]?.xuid ?? 1})/achievements?orderBy=EndingSoon`
        const ask = async ({ get }: Emulator): Promise<unknown> => {
          const { statusCode, headers, body } = await get(url, { session: `${userHash};${token}`, headers: { 'x-xbl-contract-version': version } })
          return [statusCode, headers['content-language'], body.replace(/"traceInformation":"[^"]*"/, '')]
        }
        t.strictSame(await ask(second), await ask(first), `${userHash};${token} at ${NOW}`)
      }
    }
  }), { seed: 24, numRuns: 60 })
})
