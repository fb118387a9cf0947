import t from 'tap'
import { connectTo } from '../control/real-time-client.ts'
import { FRIEND, GAMER } from '../helper.ts'
import { compareAll, refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { refusing, substituteEmulator } from './substitute-emulator.ts'

const RESOURCE = `https://achievements.xboxlive.com/users/xuid(${GAMER})/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764`

t.test('connections of a running emulator', async (t) => {
  const { url } = await startCommand(t)
  const rta = (...args: string[]) => runCommand(['rta', ...args, '--url', url])
  t.strictSame(await rta(), says(''))
  t.strictSame(await rta('resync'), says('told 0 connections\n'))
  const [gamer, friend] = [await connectTo(t, url), await connectTo(t, url, 'demo;friend')]
  t.equal(await gamer.subscribe(0, RESOURCE), '[1,0,0,0,null]')
  t.equal(await gamer.subscribe(1, RESOURCE), '[1,1,0,1,null]')
  await runCommand(['unlock', GAMER, '9', '--title-id', '1660944384', '--url', url])
  await gamer.next()
  await gamer.next()
  const ofGamer = `1  gamer   title 3051199919  1 event  ${RESOURCE}\n`
  t.strictSame(await rta('show'), says(`${ofGamer}${ofGamer}2  friend  title 3051199919  -        no subscription\n`))
  t.strictSame(await rta('--user', 'friend'), says('2  friend  title 3051199919  -  no subscription\n'))
  const { stdout } = await rta('--json')
  const { connections } = await (await fetch(`${url}/_emulator/rta`)).json() as { connections: object[] }
  t.equal(connections.length, 2)
  t.equal(stdout, connections.map((each) => `${JSON.stringify(each)}\n`).join(''))
  t.strictSame(await rta('resync', '--user', 'friend'), says('told 1 connection\n'))
  t.equal(await friend.next(), '[4]')
  t.strictSame(await rta('close', '--connection', '2', '--code', '4000', '--reason', 'another session'), says('closed 1 connection\n'))
  t.strictSame(await friend.closed, [4000, 'another session'])
  t.strictSame(await rta('close', '--cut', '--user', GAMER), says('closed 1 connection\n'))
  t.strictSame(await gamer.closed, [1006, ''])
})

t.test('faults of a running emulator', async (t) => {
  const { url } = await startCommand(t)
  const fault = (...args: string[]) => runCommand(['rta', 'fault', ...args, '--url', url])
  t.strictSame(await fault('list'), says(''))
  t.strictSame(await fault('--refuse', '1001', '--times', '1', '--seed', '7'), says('1  refuse 1001  happened 0 of 1 time  every subscription\n'))
  t.strictSame(await fault('add', '--drop', '--user', 'gamer', '--probability', '0.25'), says(`2  drop with probability 0.25  happened 0 times  by ${GAMER}\n`))
  t.strictSame(await fault('--delay', '500', '--resource', '*/achievements/*', '--user', FRIEND), says(`3  delay 500 ms  happened 0 times  */achievements/* by ${FRIEND}\n`))
  t.strictSame(await fault('list'), says([
    '1  refuse 1001                 happened 0 of 1 time  every subscription\n',
    `2  drop with probability 0.25  happened 0 times      by ${GAMER}\n`,
    `3  delay 500 ms                happened 0 times      */achievements/* by ${FRIEND}\n`
  ].join('')))
  t.strictSame(await fault('disable', '3'), says(''))
  t.match((await fault('list')).stdout, /^3 {2}off: delay 500 ms .*$/m)
  t.strictSame(await fault('enable', '3'), says(''))
  t.match((await fault('list')).stdout, /^3 {2}delay 500 ms .*$/m)
  t.strictSame(await fault('delete', '2'), says(''))
  const { stdout } = await fault('list', '--json')
  const { faults } = await (await fetch(`${url}/_emulator/rta/faults`)).json() as { faults: object[] }
  t.equal(faults.length, 2)
  t.equal(stdout, faults.map((each) => `${JSON.stringify(each)}\n`).join(''))
  t.strictSame(await fault('clear'), says(''))
  const { stdout: added } = await fault('--drop', '--json')
  t.match(JSON.parse(added), { id: 4, on: 'event', drop: true, delay: null })
})

const CONNECTION = { id: 1, xuid: null, gamertag: null, titleId: null, subscriptions: [] }
const ENDPOINT = { endpointId: 'e', xuid: GAMER, titleId: 7, locale: 'de-DE', endpointUri: 'https://notify.xboxlive.com/x' }

t.test('page after page', async (t) => {
  const { url, asked } = await substituteEmulator(t, {
    'GET /_emulator/rta?limit=1000': { connections: [CONNECTION], next: 1 },
    'GET /_emulator/rta?limit=1000&after=1': { connections: [{ ...CONNECTION, id: 2, xuid: GAMER }], next: null },
    'GET /_emulator/rta?limit=1000&xuid=the%20gamer': { connections: [], next: null },
    'GET /_emulator/rta/endpoints?limit=1000': { endpoints: [ENDPOINT], next: 3 },
    'GET /_emulator/rta/endpoints?limit=1000&after=3': { endpoints: [], next: null }
  })
  t.strictSame(await runCommand(['rta', '--url', url]), says(`1  -  -  -  no subscription\n2  ${GAMER}  -  -  no subscription\n`))
  t.strictSame(await runCommand(['rta', '--user', 'the gamer', '--url', url]), says(''))
  t.strictSame(await runCommand(['rta', 'endpoints', '--url', url]), says(`${GAMER}  title 7  de-DE  https://notify.xboxlive.com/x\n`))
  t.strictSame(await runCommand(['rta', 'endpoints', '--json', '--url', url]), says(`${JSON.stringify(ENDPOINT)}\n`))
  t.equal(asked.length, 7)
})

t.test('wrong uses', async (t) => {
  const { url } = await startCommand(t)
  const { url: other } = await substituteEmulator(t, {
    'GET /_emulator/users/nobody': refusing(404, 'There is no user "nobody"; expected a XUID.'),
    'GET /_emulator/rta?limit=1000': refusing(404, 'There is no real-time activity: --no-rta leaves it out.')
  })
  const rta = (...args: string[]): string[] => ['rta', ...args, '--url', url]
  await compareAll(t, [
    [['rta', '--url', other], refuses('There is no real-time activity: --no-rta leaves it out')],
    [['rta', 'close', '--user', 'nobody', '--url', other], refuses('There is no user "nobody"; expected a XUID')],
    [rta('resync', '--connection', 'x'), refuses('--connection: found "x", expected the id of a connection')],
    [rta('close', '--user', ''), refuses('--user: found "", expected the gamertag or XUID of a user')],
    [rta('close', '--code', '1006'), refuses('--code is 1006; expected a code that a close frame can have: 1000 to 1003, 1007 to 1014 or 3000 to 4999')],
    [rta('close', '--reason', 'x'.repeat(124)), refuses('--reason is 124 bytes long; expected at most 123')],
    [rta('close', '--cut', '--code', '1000'), refuses("option '--cut' cannot be used with option '--code <number>'")],
    [rta('fault'), refuses('nothing goes wrong; expected --refuse, --drop or --delay')],
    [rta('fault', '--refuse', '4'), refuses('--refuse: found 4, expected one of 1, 2, 3, 1001, 1002')],
    [rta('fault', '--refuse', '1', '--drop'), refuses("option '--refuse <code>' cannot be used with option '--drop'")],
    [rta('fault', '--drop', '--delay', '1'), refuses("option '--drop' cannot be used with option '--delay <ms>'")],
    [rta('fault', '--delay', 'x'), refuses('--delay: found "x", expected an integer from 0 to 3600000, in ms')],
    [rta('fault', '--drop', '--times', '0'), refuses('--times: found 0, expected an integer from 1')],
    [rta('fault', '--drop', '--probability', 'x'), refuses('--probability: found "x", expected a number from 0 to 1')],
    [rta('fault', '--drop', '--resource', ''), refuses('--resource: found "", expected a text of 1 to 512 characters')],
    [rta('fault', 'delete', '7'), refuses('There is no fault 7 of real-time activity')],
    [rta('fault', 'delete', ''), refuses('<id>: found "", expected the id of a fault')]
  ])
})
