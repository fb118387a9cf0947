import t from 'tap'
import { command, listen, untilHeld } from '../control/client.ts'
import { GAMER } from '../helper.ts'
import { refuses, runCommand, says, watchCommand } from '../run-bin.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
const TIME = '2020-06-15T12:00:00.0000000Z'

t.test('a line for each event', async (t) => {
  const emulator = await listen(t)
  const { url, emulator: { services: { feed }, journal } } = emulator
  const watched = watchCommand(t, ['events', '--url', url])
  const json = watchCommand(t, ['events', '--json', '--kinds', 'progress,user', '--user', 'gamer', '--url', url])
  await untilHeld(emulator, 2)
  await command(emulator, 'PUT', '/users/friend/privacy', { privacy: 'blocked' })
  await command(emulator, 'PUT', '/users/gamer/privacy', { privacy: 'blocked' })
  await command(emulator, 'PUT', `/users/gamer/achievements/${SCID}/9`, { isRevoked: true })
  feed.publish([
    { kind: 'subscription', what: 'added', connection: 3, xuid: null, resource: 'https://x/\u0007' },
    { kind: 'subscription', what: 'deleted', connection: 3, xuid: GAMER, resource: 'https://x/' },
    { kind: 'session', what: 'created', xuid: null, titleId: null },
    { kind: 'session', what: 'deleted', xuid: GAMER, titleId: 7 },
    { kind: 'world', what: 'merged' },
    { kind: 'fault', what: 'added', id: 3 },
    { kind: 'fault', what: 'deleted', id: 4 },
    { kind: 'rtaFault', what: 'added', id: 5 },
    { kind: 'rateLimit', limits: { burst: 100, sustain: 300 } },
    { kind: 'rateLimit', limits: null },
    { kind: 'clock', now: TIME, isFrozen: false, offset: 0 },
    { kind: 'clock', now: TIME, isFrozen: true, offset: 0 },
    { kind: 'journal', what: 'cleared', answers: false },
    { kind: 'journal', what: 'settings', answers: false },
    { kind: 'journal', what: 'settings', answers: true },
    { kind: 'missed' },
    {
      kind: 'progress',
      xuid: GAMER,
      sandbox: 'S.1',
      serviceConfigId: SCID,
      achievements: Array.from({ length: 7 }, (_, id) => {
        const progress = { percentComplete: id, timeUnlocked: null, isRevoked: false, requirements: [] }
        return { id, before: progress, after: { ...progress, percentComplete: 50 } }
      })
    }
  ])
  await (await fetch(`${url}/a`)).text()
  journal.addFrame({ connection: 3, direction: 'out', text: '[4]' }, Date.UTC(2020, 0))
  const lines = await watched.lines(22)
  watched.signal('SIGINT')
  t.strictSame(await watched.ended, says(lines))
  t.strictSame(lines.split('\n'), [
    '12:00:00.000  user      2533274790412953 privacy',
    `12:00:00.000  user      ${GAMER} privacy`,
    `12:00:00.000  progress  ${GAMER} in ${SCID} (RETAIL): 9 58% to 100% (revoked)`,
    '12:00:00.000  subscription  - added: https://x/\\u0007 (connection 3)',
    `12:00:00.000  subscription  ${GAMER} deleted: https://x/ (connection 3)`,
    '12:00:00.000  session   - created',
    `12:00:00.000  session   ${GAMER} deleted, title 7`,
    '12:00:00.000  world     merged',
    '12:00:00.000  fault     3 added',
    '12:00:00.000  fault     4 deleted',
    '12:00:00.000  rtaFault  5 added',
    '12:00:00.000  rateLimit  100 in 15 s, 300 in 300 s',
    '12:00:00.000  rateLimit  off',
    `12:00:00.000  clock     ${TIME}`,
    `12:00:00.000  clock     ${TIME}, stands still`,
    '12:00:00.000  journal   cleared',
    '12:00:00.000  journal   answers are not kept',
    '12:00:00.000  journal   answers are kept',
    '12:00:00.000  missed    something may be missing here',
    `12:00:00.000  progress  ${GAMER} in ${SCID} (S.1): 0 0% to 50%, 1 1% to 50%, 2 2% to 50%, 3 3% to 50%, 4 4% to 50%, … 7 in all`,
    lines.split('\n')[20],
    '00:00:00.000   ws  ←               #3  -                 [4]',
    ''
  ])
  t.match(lines.split('\n')[20], /^12:00:00\.000 {2}404 {2}GET .* \/a {2}\(\/a is not a path of this service\.\)$/)
  const written = (await json.lines(4)).trimEnd().split('\n').map((line) => JSON.parse(line))
  t.strictSame(written.map(({ kind, xuid }) => [kind, xuid]), [['user', GAMER], ['progress', GAMER], ['missed', undefined], ['progress', GAMER]])
  json.signal('SIGTERM')
  t.equal((await json.ended).code, 0)
})

t.test('wrong options', async (t) => {
  const { url } = await listen(t)
  t.strictSame(await runCommand(['events', '--kinds', 'x', '--url', url]), refuses('--kinds is "x"; expected some of progress, user, session, world, clock, fault, rtaFault, rateLimit, subscription, journal, request, frame'))
  t.strictSame(await runCommand(['events', '--user', 'nobody', '--url', url]), refuses('There is no user "nobody"; expected a XUID, or the gamertag of a user of the world'))
})
