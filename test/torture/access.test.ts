import t from 'tap'
import { access, serve, type Serve } from '../../torture/access/access.ts'
import { makeQuestion, writeQuestion } from '../../torture/access/questions.ts'
import { ABSENT_XUID, makeWorld } from '../../torture/access/world.ts'
import { Random } from '../../torture/random.ts'
import { runShort } from './run.ts'
import { unaskedRoutes } from './unasked.ts'

/** Of the first worlds that it makes some have moved, some are retired. */
const SEED = 4

t.test('the emulator decides as the oracle does', async (t) => {
  const { findings, reached, counts } = await runShort(t, access, { to: 3000, seed: SEED })
  t.strictSame(findings, [])
  t.equal(reached, 3000)
  // It is no proof that all is refused.
  for (const status of ['200', '301', '307', '400', '401', '403', '404', '406', '410']) t.ok((counts[status] ?? 0) > 0, status)
})

t.test('it asks every route of a user', async (t) => {
  const random = new Random(SEED, 0)
  const world = makeWorld(random)
  const asked = random.times(500, () => writeQuestion(makeQuestion(world, random)))
  // Of the neighbours a route of each host: test/neighbours/hidden.test.ts asks all of them.
  t.strictSame(await unaskedRoutes(t, asked, ['Xbox Live']), [], 'a new route is one of Route in torture/access/questions.ts')
})

/** An emulator of which some answers are changed. */
const broken = (change: (answer: Awaited<ReturnType<ReturnType<Serve>['ask']>>, url: string) => object): Serve => (world, rules) => {
  const real = serve(world, rules)
  return { ...real, ask: async (request) => { const answer = await real.ask(request); return { ...answer, headers: answer.headers, body: answer.body, statusCode: answer.statusCode, ...change(answer, request.url) } as typeof answer } }
}

t.test('it tells a wrong status, a wrong Location, what differs from what does not exist, and a neighbour that shows too much or too little', async (t) => {
  const kinds = async (start: Serve): Promise<Set<string>> => {
    const { findings } = await runShort(t, async (run) => await access(run, start), { to: 2000, seed: SEED })
    return new Set(findings.map(({ kind }) => kind.replace(/^.*?: /, '')))
  }
  t.strictSame(await kinds(broken(({ statusCode }) => statusCode === 410 ? { statusCode: 200 } : {})), new Set(['200 in the place of 410']))
  t.strictSame(await kinds(broken(({ headers }) => headers.location === undefined ? {} : { headers: { ...headers, location: '/' } })), new Set(['another Location']))
  t.strictSame(await kinds(broken(({ statusCode, body }, url) => statusCode === 403 && url.includes(ABSENT_XUID) ? { body: `${body} ` } : {})), new Set(['what is hidden differs from what does not exist']))
  const presence = (body: string) => broken(({ statusCode }, url) => statusCode === 200 && /^\/users\/xuid\(\d+\)$/.test(url) ? { body } : {})
  t.strictSame(await kinds(presence('{"state":"Online"}')), new Set(['something is shown to who may not look']))
  t.strictSame(await kinds(presence('{"state":"Offline"}')), new Set(['nothing is shown to who may look']))
})
