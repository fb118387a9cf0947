import t from 'tap'
import { choicesOf, countChosen, createViewTest, EVERYTHING, frameTest, readView, serverFilterOf } from '../../../src/console/text/journal-view.ts'
import { FRIEND, GAMER } from '../../helper.ts'
import { journalEntry, journalFrame } from './journal-entry.ts'

const gamertagOf = (xuid: string): string | undefined => xuid === GAMER ? 'Gamer Tag' : undefined

const ENTRIES = [
  journalEntry({ id: 1 }),
  journalEntry({ id: 2, method: 'POST', path: '/users/xuid(2533274790412952)/achievements/scid/update', status: 403, refusal: 'The token is one of title 7.', body: { achievements: [{ id: '9' }] } }),
  journalEntry({ id: 3, status: 200, hint: 'send 2', contractVersion: null, claims: { xuid: FRIEND, titleId: null, sandbox: null, location: null, thirdPartySite: false } }),
  journalEntry({ id: 4, path: '/nope', query: 'maxItems=5', status: 404, refusal: '/nope is not a path.', matched: false, claims: null, contractVersion: null }),
  journalEntry({ id: 5, status: 503, fault: 2, refusal: 'A fault.' }),
  journalEntry({ id: 6, status: null }),
  journalEntry({ id: 7, status: 101, connection: 1, answer: { headers: { 'x-here': 'Grüße' }, bytes: 0, body: null } }),
  journalEntry({ id: 8, status: 304, claims: { xuid: null, titleId: 7, sandbox: 'S.1', location: null, thirdPartySite: true } })
]

t.test('a view chooses entries', async (t) => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8]
  for (const [query, expected] of [
    [{}, all], [{ id: '3', toString: 'x' }, all], [EVERYTHING, all],
    [{ method: 'POST' }, [2]], [{ method: 'post' }, []],
    [{ status: '2xx' }, [1, 3]], [{ status: '4xx' }, [2, 4]], [{ status: '403' }, [2]], [{ status: '5xx' }, [5]], [{ status: '3xx' }, [8]], [{ status: '1xx' }, [7]], [{ status: 'none' }, [6]], [{ status: 'x' }, []],
    [{ path: '/nope' }, [4]], [{ path: '/users/' }, [1, 2, 3, 5, 6, 7, 8]],
    [{ xuid: GAMER }, [1, 2, 5, 6, 7]], [{ xuid: 'none' }, [4, 8]], [{ xuid: FRIEND }, [3]],
    [{ titleId: '7' }, [8]], [{ titleId: 'none' }, [3, 4]],
    [{ version: '2' }, [1, 2, 5, 6, 7, 8]], [{ version: 'none' }, [3, 4]],
    [{ matched: 'no' }, [4]], [{ matched: 'yes' }, [1, 2, 3, 5, 6, 7, 8]],
    [{ why: 'refused' }, [2, 4, 5]], [{ why: 'hint' }, [3]], [{ why: 'fault' }, [5]], [{ why: 'reason' }, [2, 3, 4, 5]], [{ why: 'else' }, all],
    [{ q: 'TOKEN one' }, [2]], [{ q: '"id":"9"' }, [2]], [{ q: 'gamer tag' }, [1, 2, 5, 6, 7]], [{ q: '/nope?maxItems' }, [4]], [{ q: 'grüße' }, [7]], [{ q: 'cut' }, [6]],
    [{ q: '-gamer' }, [3, 4, 8]], [{ q: ' get  -nope -fault ' }, []], [{ q: 'get -nope -2533274790412952' }, []], [{ q: '-' }, all], [{ q: '  ' }, all], [{ q: '-post -503' }, [1, 3, 4, 6, 7, 8]],
    [{ method: 'GET', status: '2xx', xuid: GAMER, q: 'retail' }, [1]]
  ] as const) {
    const test = createViewTest(readView(query as Record<string, string>), gamertagOf)
    t.strictSame(ENTRIES.filter(test).map(({ id }) => id), expected, JSON.stringify(query))
    t.strictSame(ENTRIES.filter(test).map(({ id }) => id), expected, 'the second time, too')
  }
})

t.test('of a view it is known how much it chooses', async (t) => {
  t.equal(countChosen(readView({ id: '7', frames: 'no' })), 0)
  t.equal(countChosen(readView({ q: 'x', method: 'GET', path: '' })), 2)
  t.strictSame(EVERYTHING, { method: '', status: '', path: '', xuid: '', titleId: '', version: '', matched: '', why: '', q: '' })
})

t.test('words and a user choose frames, and whatever only a request has leaves them out', async (t) => {
  const frames = [journalFrame({ id: 1, text: '[3,1,{"a":"B"}]' }), journalFrame({ id: 2, connection: 2, xuid: null, type: 'close', direction: 'in', text: '' })]
  for (const [query, expected] of [
    [{}, [1, 2]], [{ q: '"b"' }, [1]], [{ q: '#2' }, [2]], [{ q: 'close in' }, [2]], [{ q: '-close' }, [1]], [{ xuid: GAMER }, [1]], [{ xuid: 'none' }, [2]], [{ status: '1xx' }, []], [{ method: 'GET', q: 'b' }, []], [{ q: GAMER }, [1]]
  ] as const) t.strictSame(frames.filter(frameTest(readView(query))).map(({ id }) => id), expected, JSON.stringify(query))
})

t.test('what the filters of the emulator can choose, they do', async (t) => {
  t.strictSame(serverFilterOf(readView({})), {})
  t.strictSame(serverFilterOf(readView({ method: 'GET', status: '403', path: '/a', xuid: '1', titleId: '2', version: '3', matched: 'no', why: 'fault', q: 'x' })),
    { method: 'GET', status: '403', path: '/a', xuid: '1', titleId: '2', contractVersion: '3', matched: 'false' })
  t.strictSame(serverFilterOf(readView({ status: '4xx', path: '/a*', matched: 'yes', xuid: 'none' })), { xuid: 'none', matched: 'true' })
  t.strictSame(serverFilterOf(readView({ status: 'none' })), { status: 'none' })
})

t.test('what may be chosen', async (t) => {
  t.strictSame(choicesOf([]), { methods: [], outcomes: [], users: [], titles: [], versions: [] })
  t.strictSame(choicesOf(ENTRIES), {
    methods: [{ value: 'GET', count: 7 }, { value: 'POST', count: 1 }],
    outcomes: [{ value: 'answered', count: 2 }, { value: 'refused', count: 2 }, { value: 'cut', count: 1 }, { value: 'failed', count: 1 }, { value: 'socket', count: 1 }, { value: 'unchanged', count: 1 }],
    users: [{ value: GAMER, count: 5 }, { value: 'none', count: 2 }, { value: FRIEND, count: 1 }],
    titles: [{ value: '1660944384', count: 5 }, { value: 'none', count: 2 }, { value: '7', count: 1 }],
    versions: [{ value: '2', count: 6 }, { value: 'none', count: 2 }]
  })
})
