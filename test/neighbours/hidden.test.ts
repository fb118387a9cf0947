import fc from 'fast-check'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { listOperations } from '../../src/openapi/operations/operations.ts'
import { build, type Emulator } from '../helper.ts'
import { mayLook, scenario, tokenOf, USERS, withNothingDone, worldOf, type Scenario } from './random-neighbours.ts'
import { requestsAbout, type UserRequest } from './user-requests.ts'

// Who may not look at a user gets the same bytes, whatever the user has done, and where the route tells nobody who
// exists, whether or not there is such a user.

/** What a caller sees of an answer. */
async function see ({ app }: Emulator, { url, version, payload }: UserRequest, viewer: number): Promise<string> {
  const { statusCode, headers, body } = await app.inject({
    method: payload === undefined ? 'GET' : 'POST', url, headers: { authorization: tokenOf(viewer), 'x-xbl-contract-version': version }, ...payload && { payload }
  })
  const { date, 'ms-cv': vector, ...rest } = headers
  return JSON.stringify([statusCode, rest, body.replace(/"traceInformation":"[^"]*"/, '')])
}

/** The emulators that a user's own is compared with: those of a world in which it has done nothing, and of one in which it is not. */
const start = (t: Test, given: Scenario, change?: Parameters<typeof worldOf>[1]): Emulator =>
  build(t, { world: worldOf(given, change), config: { dialect: 'live', crossUser: given.crossUser as 'strict' } })

t.test('of a user who hides it, nothing of what the user does shows, neither where one asks about it nor about others', async (t) => {
  let compared = 0
  await fc.assert(fc.asyncProperty(scenario, async (given) => {
    const emulator = start(t, given)
    for (const [target, xuid] of USERS.entries()) {
      const without = start(t, given, (user, index) => index === target ? null : user)
      for (const [viewer, session] of given.sessions.entries()) {
        if (mayLook(given, session, target)) continue
        // Who was added may know that, and a web site is nobody whom one could add.
        const seeing = session.thirdPartySite ? [] : [USERS[session.user] as string]
        const idle = start(t, given, (user, index) => index === target ? withNothingDone(user, seeing) : user)
        for (const [about, request] of USERS.flatMap((about) => requestsAbout(about).map((request) => [about, request] as const))) {
          const what = `${request.route} ${request.url}, ${given.crossUser}, of user ${target} for ${JSON.stringify(session)}`
          const seen = await see(emulator, request, viewer)
          if (seen !== await see(idle, request, viewer)) t.equal(seen, await see(idle, request, viewer), what)
          // A site that acts for the user itself has no session where the user is not.
          const isToldApart = about !== xuid || request.tellsWhoExists === true || session.user === target
          if (!isToldApart && seen !== await see(without, request, viewer)) t.equal(seen, await see(without, request, viewer), `${what}, who does not exist`)
          compared++
        }
        await idle.app.close()
      }
      await without.app.close()
    }
    await emulator.app.close()
  }), { numRuns: 6, seed: 2, endOnFailure: true })
  t.ok(compared > 1000, `${compared} answers were compared`)
})

/** Routes that tell nothing of a user: titles of nobody, writes of one's own presence, colours, and jobs of the eraser. */
const OF_NOBODY = /^(GET|POST) \/titles\/|^(POST|DELETE) \/users\/\{user\}\/devices\/|^GET \/colors\/|\/(submitJob|jobs)\b/

t.test('every route that tells something of a user is compared', async (t) => {
  const compared = new Set(requestsAbout('1').map(({ route }) => route))
  const served = listOperations(readConfig({})).filter(({ tag }) => tag.name === 'Neighbours')
    .map(({ method, path }) => `${method} ${path.replace('xuid({xuid})', '{user}')}`)
    .filter((route) => !OF_NOBODY.test(route))
  t.strictSame(served.filter((route) => !compared.has(route)), [])
  t.strictSame([...compared].filter((route) => !served.includes(route)), [])
})
