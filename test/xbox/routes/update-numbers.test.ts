import t from 'tap'
import { build } from '../../helper.ts'

const ME = '2533274790000001'
/** A XUID that no JavaScript number represents. */
const LONG = '18446744073709551615'
const SCID = '00000000-0000-0000-0000-0000000004d2'

const WORLD = {
  titles: [
    { titleId: 1234, name: 'T', serviceConfigId: SCID, achievements: [{ id: 1, name: 'One' }, { id: 7, name: 'Seven' }, { id: 0, name: 'None' }, { id: 4294967295, name: 'Last' }] },
    { titleId: 0, name: 'First', serviceConfigId: SCID }
  ],
  users: [{ xuid: ME, gamertag: 'me' }, { xuid: LONG, gamertag: 'long' }],
  sessions: [{ userHash: 'my', token: 'token', xuid: ME }, { userHash: 'my', token: 'long', xuid: LONG }].map((session) => ({ ...session, titleId: null }))
}

/** The body, with the given members as they are, to the letter. */
interface Sent {
  readonly titleId?: string
  readonly userId?: string
  readonly id?: string
  readonly percentComplete?: string
}

const textOf = ({ titleId = '1234', userId = `"${ME}"`, id = '"1"', percentComplete = '100' }: Sent): string =>
  `{"action":"progressUpdate","serviceConfigId":"${SCID}","titleId":${titleId},"userId":${userId},"achievements":[{"id":${id},"percentComplete":${percentComplete}}]}`

const PUBLIC = { ...WORLD, titles: WORLD.titles.map((title) => ({ ...title, public: true })) }

async function send (t: Parameters<typeof build>[0], dialect: 'documented' | 'live', sent: Sent, { xuid = ME, token = 'token' } = {}) {
  const { app, store } = build(t, { world: PUBLIC, config: { dialect } })
  const { statusCode, body } = await app.inject({
    method: 'POST',
    url: `/users/xuid(${xuid})/achievements/${SCID}/update`,
    headers: { authorization: `XBL3.0 x=my;${token}`, 'x-xbl-contract-version': '2' },
    payload: textOf(sent)
  })
  const progress = store.world.export().users.flatMap(({ xuid, achievements }) => achievements.map(({ id, percentComplete }) => [xuid, id, percentComplete]))
  return { statusCode, body, progress }
}

const DIALECTS = ['documented', 'live'] as const

t.test('numbers are accepted with and without quotes', async (t) => {
  const cases: Array<[sent: Sent, status: number, progress: unknown[]]> = [
    [{}, 200, [[ME, 1, 100]]],
    [{ titleId: '"1234"', percentComplete: '"100"' }, 200, [[ME, 1, 100]]],
    [{ id: '1' }, 200, [[ME, 1, 100]]],
    [{ userId: ME }, 200, [[ME, 1, 100]]],
    [{ titleId: '"1234"', userId: ME, id: '1', percentComplete: '"100"' }, 200, [[ME, 1, 100]]],
    [{ titleId: '"0001234"', id: '"007"', percentComplete: '"050"' }, 200, [[ME, 7, 50]]],
    [{ userId: `"00${ME}"` }, 200, [[ME, 1, 100]]],
    [{ userId: `${ME}.0` }, 200, [[ME, 1, 100]]],
    [{ userId: '2.533274790000001e15' }, 200, [[ME, 1, 100]]],
    [{ titleId: '0', id: '0', percentComplete: '1' }, 200, [[ME, 0, 1]]],
    [{ titleId: '"0"', id: '"0"', percentComplete: '"1"' }, 200, [[ME, 0, 1]]],
    [{ id: '4294967295' }, 200, [[ME, 4294967295, 100]]],
    [{ id: '"4294967295"', percentComplete: '"4294967295"' }, 200, [[ME, 4294967295, 100]]],
    // Other JSON numbers of the same value.
    [{ titleId: '1234.0', id: '1e0', percentComplete: '1E+2' }, 200, [[ME, 1, 100]]],
    [{ percentComplete: '101' }, 200, [[ME, 1, 100]]],
    [{ percentComplete: '"101"' }, 200, [[ME, 1, 100]]],
    [{ percentComplete: '4294967295' }, 200, [[ME, 1, 100]]],
    [{ percentComplete: '99' }, 200, [[ME, 1, 99]]],
    [{ percentComplete: '0' }, 304, []],
    [{ percentComplete: '"0"' }, 304, []],
    [{ percentComplete: '-0' }, 304, []],
    [{ percentComplete: '0.0' }, 304, []]
  ]
  for (const dialect of DIALECTS) {
    for (const [sent, statusCode, progress] of cases) t.strictSame(await send(t, dialect, sent), { statusCode, body: '', progress }, `${dialect} ${textOf(sent)}`)
  }
})

t.test('a XUID as a number of 64 bits is compared to the last digit', async (t) => {
  const session = { xuid: LONG, token: 'long' }
  for (const dialect of DIALECTS) {
    for (const userId of [LONG, `"${LONG}"`]) {
      t.strictSame(await send(t, dialect, { userId }, session), { statusCode: 200, body: '', progress: [[LONG, 1, 100]] }, userId)
    }
  }
  // JavaScript rounds these to the same number.
  for (const userId of ['18446744073709551614', '18446744073709551616', '18446744073709552000', '1.8446744073709551615e19', '18446744073709551615.0']) {
    t.strictSame(await send(t, 'documented', { userId }, session), {
      statusCode: 400, body: `{"errorCode":4000,"errorMessage":"The body, at /userId: found ${userId}, expected the XUID of the path."}`, progress: []
    }, userId)
  }
})

t.test('any other number is refused, and the message has it as it was sent', async (t) => {
  const integers = [
    '""', '" "', '" 5"', '"5 "', '"1e2"', '"0x1"', '"٣"', '"100.0"', '"+5"', '"-1"', '"1.5"', '"4294967296"', '"99999999999999999999"', '"NaN"',
    '-1', '-0.5', '1.5', '0.5', '4294967296', '9007199254740993', '18446744073709551616', '1e400', '-1e400', '0.1234567890123456789', '1000000000000000000000',
    'null', 'true', 'false', '[]', '[5]', '{}', '{"value":5}'
  ]
  for (const [member, path] of [['titleId', '/titleId'], ['id', '/achievements/0/id'], ['percentComplete', '/achievements/0/percentComplete']] as const) {
    for (const value of integers) {
      const errorMessage = `The body, at ${path}: found ${value}, expected an integer from 0 to 4294967295.`
      t.strictSame(await send(t, 'documented', { [member]: value }), { statusCode: 400, body: JSON.stringify({ errorCode: 4000, errorMessage }), progress: [] }, `${path} ${value}`)
      const { statusCode, body, progress } = await send(t, 'live', { [member]: value })
      const { traceInformation, ...refusal } = JSON.parse(body)
      t.strictSame([statusCode, refusal, progress], [400, { code: 4000, source: 'Progress', description: errorMessage }, []], `live ${path} ${value}`)
    }
  }
  const users = [
    '""', '"x"', '" 2533274790000001"', '"2533274790000001.0"', '"18446744073709551616"', '"2533274790000002"', '2533274790000002', '-2533274790000001', '2533274790000001.5', '1e400', '0', 'null', 'true', '[2533274790000001]', '[18446744073709551616,1.50]', '{"xuid":1e400}'
  ]
  for (const userId of users) {
    const errorMessage = `The body, at /userId: found ${userId}, expected the XUID of the path.`
    t.strictSame(await send(t, 'documented', { userId }), { statusCode: 400, body: JSON.stringify({ errorCode: 4000, errorMessage }), progress: [] }, userId)
  }
})

t.test('unknown members may be any number', async (t) => {
  const { app, emulator } = build(t, { world: PUBLIC })
  const payload = textOf({}).replace('{', '{"when":18446744073709551615,"share":1e400,')
  const { statusCode, body } = await app.inject({
    method: 'POST', url: `/users/xuid(${ME})/achievements/${SCID}/update`, headers: { authorization: 'XBL3.0 x=my;token', 'x-xbl-contract-version': '2' }, payload
  })
  t.strictSame([statusCode, body], [200, ''])
  t.ok((await app.inject('/_emulator/requests')).body.includes(`"body":${payload},`), 'the journal has them as they were sent')
  t.strictSame(emulator.journal.find({}).map(({ body }) => body), [JSON.parse(payload)], 'a process as JavaScript reads them')
})
