import t from 'tap'
import type { RecordedRequest } from '../../../src/control/journal/entry.ts'
import type { FrameFilter } from '../../../src/control/journal/frame-filter.ts'
import type { FrameEntry } from '../../../src/control/journal/frame.ts'
import { createFrames } from '../../../src/control/journal/frames.ts'
import { createJournal, type Journal } from '../../../src/control/journal/journal.ts'
import type { RealTimeFrame } from '../../../src/http/real-time.ts'
import type { Session } from '../../../src/model/session.ts'
import { build, FRIEND, GAMER } from '../../helper.ts'
import { control } from '../client.ts'

const NOW = Date.UTC(2020, 5, 15, 12)
const TIME = '2020-06-15T12:00:00.0000000Z'

const recorded = (connection: number | undefined, xuid: string | null): RecordedRequest => ({
  now: NOW,
  method: 'GET',
  isSecure: true,
  host: 'rta.xboxlive.com',
  httpVersion: '1.1',
  url: '/connect',
  headers: '',
  contractVersion: null,
  session: { xuid } as Session,
  body: null,
  status: 101,
  refusal: null,
  hint: null,
  ms: 1,
  fault: null,
  matched: true,
  answer: null,
  connection
})
const say = (journal: Journal, frame: Partial<RealTimeFrame> & { connection: number }): void => journal.addFrame({ direction: 'in', text: '', ...frame }, NOW)
const framesOf = (journal: Journal, filter: FrameFilter = {}): FrameEntry[] => [...journal.iterateFrames(filter)].filter((frame) => frame !== undefined)
const entry = (id: number, members: Partial<FrameEntry>): FrameEntry => ({
  id, time: TIME, connection: 7, request: 1, follows: 1, xuid: GAMER, direction: 'in', type: 'text', text: '', length: members.text?.length ?? 0, code: null, ...members
})

/** Two connections, of which the journal knows one from its beginning, and what was said on them. */
function twoConnections (journal: Journal): FrameEntry[] {
  journal.add(recorded(7, GAMER))
  say(journal, { connection: 7, text: '[1,1,"https://x/y?titleId=1&token=S3CR3T"]' })
  say(journal, { connection: 7, direction: 'out', text: '[1,1,0,0,null]' })
  journal.add(recorded(undefined, FRIEND))
  say(journal, { connection: 9, isBinary: true })
  say(journal, { connection: 7, text: 'XBL3.0 x=1;S3CR3T' })
  say(journal, { connection: 7, direction: 'out', code: 1008, text: 'too much' })
  // The number is never used again; if it were, its frames would not be those of the first one.
  say(journal, { connection: 7, text: 'late' })
  return [
    entry(1, { text: '[1,1,"https://x/y?titleId=1&token=…"]', length: 42 }),
    entry(2, { direction: 'out', text: '[1,1,0,0,null]' }),
    entry(3, { connection: 9, request: null, follows: 2, xuid: null, type: 'binary' }),
    entry(4, { follows: 2, text: 'XBL3.0 x=…', length: 17 }),
    entry(5, { follows: 2, direction: 'out', type: 'close', text: 'too much', code: 1008 }),
    entry(6, { follows: 2, request: null, xuid: null, text: 'late' })
  ]
}

t.test('what was said on connections, without secrets', async (t) => {
  const journal = createJournal(10)
  const heard: number[] = []
  journal.events.on('frame', ({ id }) => heard.push(id))
  const all = twoConnections(journal)
  t.strictSame(framesOf(journal), all)
  t.strictSame(heard, [1, 2, 3, 4, 5, 6])
  t.strictSame([journal.frames.oldest(), journal.frames.newest()], [1, 6])
  t.strictSame(journal.find({}).map(({ id, status, connection }) => ({ id, status, connection })), [{ id: 1, status: 101, connection: 7 }, { id: 2, status: 101, connection: undefined }])
  t.notOk('connection' in (journal.find({ last: 1 })[0] as object), 'other requests look as before')
})

t.test('filters of frames', async (t) => {
  const journal = createJournal(10)
  const all = twoConnections(journal)
  const filters: Array<[FrameFilter, number[]]> = [
    [{ connection: 9 }, [3]],
    [{ connection: 8 }, []],
    [{ xuid: `0${GAMER}` }, [1, 2, 4, 5]],
    [{ xuid: FRIEND }, []],
    [{ direction: 'out' }, [2, 5]],
    [{ type: 'text' }, [1, 2, 4, 6]],
    [{ type: 'binary' }, [3]],
    [{ type: 'close', direction: 'in' }, []],
    [{ text: '[1,*' }, [1, 2]],
    [{ text: '[1,1' }, []],
    [{ text: '*S3CR3T*' }, []],
    [{ after: 4 }, [5, 6]],
    [{ last: 2 }, [5, 6]],
    [{ last: 2, direction: 'in', connection: 7 }, [4, 6]],
    [{ last: 9, direction: 'out', after: 2 }, [5]]
  ]
  for (const [filter, ids] of filters) t.strictSame(framesOf(journal, filter), all.filter(({ id }) => ids.includes(id)), JSON.stringify(filter))
})

t.test('a connection with very many frames loses its own', async (t) => {
  const journal = createJournal(6)
  for (const connection of [1, 2, 1, 3]) say(journal, { connection, text: `${connection}` })
  for (let n = 0; n < 10_000; n++) say(journal, { connection: 4, text: String(n) })
  t.strictSame(framesOf(journal).map(({ id, text }) => [id, text]), [[1, '1'], [2, '2'], [3, '1'], [4, '3'], [10_003, '9998'], [10_004, '9999']])
  say(journal, { connection: 5, text: '5' })
  t.strictSame(framesOf(journal).map(({ id }) => id), [2, 3, 4, 10_003, 10_004, 10_005], 'of those that have as many, the one that has had so many for longest')
  t.strictSame([journal.frames.oldest(), journal.frames.newest()], [2, 10_005])
  t.strictSame(journal.frames.of(4).map(({ id }) => id), [10_003, 10_004])
  for (let connection = 10; connection < 20; connection++) say(journal, { connection })
  t.strictSame(framesOf(journal).map(({ connection }) => connection), [14, 15, 16, 17, 18, 19], 'where each has one, the oldest goes first')
  t.strictSame(journal.frames.of(4), [])
})

t.test('frames take a quarter of the memory at most, and requests the rest', async (t) => {
  const journal = createJournal(1_000_000)
  const long = 'x'.repeat(16 * 1024)
  say(journal, { connection: 1, text: `${long}${long}` })
  t.strictSame(framesOf(journal), [entry(1, { connection: 1, request: null, follows: 0, xuid: null, text: long, length: 2 * long.length })])
  for (let n = 0; n < 600; n++) say(journal, { connection: 1, text: long })
  // 16 MB, of frames of 32 kB and 256 bytes.
  t.equal(framesOf(journal).length, 508)
  const large = { ...recorded(undefined, null), hint: 'x'.repeat(256 * 1024) }
  for (let n = 0; n < 130; n++) journal.add(large)
  const beside = journal.find({}).length
  journal.clear()
  t.strictSame(framesOf(journal), [])
  t.equal(journal.frames.oldest(), 602)
  for (let n = 0; n < 130; n++) journal.add(large)
  t.strictSame([beside, journal.find({}).length], [95, 127])
})

t.test('a journal that keeps nothing', async (t) => {
  const journal = createJournal(0)
  journal.add(recorded(1, GAMER))
  say(journal, { connection: 1 })
  t.strictSame([framesOf(journal), journal.frames.newest(), journal.frames.oldest()], [[], 1, 2])
})

t.test('over HTTP', async (t) => {
  const emulator = build(t)
  const get = async (query: string): Promise<unknown> => {
    const { status, headers, body } = await control(emulator, 'GET', `/requests/frames${query}`)
    return [status, headers['content-type'], status === 200 ? body : body.errorMessage]
  }
  const JSON_TYPE = 'application/json; charset=utf-8'
  t.strictSame(await get(''), [200, JSON_TYPE, { frames: [], newest: 0 }])
  const all = twoConnections(emulator.emulator.journal)
  t.strictSame(await get(''), [200, JSON_TYPE, { frames: all, newest: 6 }])
  t.strictSame(await get(`?connection=7&XUID=${GAMER}&direction=OUT&type=text&text=[1*&after=1&last=1`), [200, JSON_TYPE, { frames: all.slice(1, 2), newest: 6 }])
  const refused: Array<[string, string]> = [
    ['?connection=0', 'connection is "0"; expected the number of a connection.'],
    ['?xuid=me', 'xuid is "me"; expected a XUID in quotes.'],
    ['?direction=up', 'direction is "up"; expected one of in, out.'],
    ['?type=ping', 'type is "ping"; expected one of text, binary, close.'],
    ['?after=-1', 'after is "-1"; expected the id of a frame.'],
    ['?last=0', 'last is "0"; expected an integer from 1.'],
    ['?text=a&text=b', 'text was given 2 times; expected once.'],
    ['?wait=1', '"wait" is no parameter of this path; known are connection, xuid, direction, type, text, after, last.']
  ]
  for (const [query, message] of refused) t.strictSame(await get(query), [400, JSON_TYPE, message])
  await control(emulator, 'DELETE', '/requests', {})
  t.strictSame(await get(''), [200, JSON_TYPE, { frames: [], newest: 6 }])
})

t.test('frames of several connections are in the order in which they were recorded', async (t) => {
  const frames = createFrames(5)
  t.equal(frames.oldest(), 1)
  t.strictSame(frames.after(0), [])
  for (const connection of [2, 1, 2, 3, 1, 2]) frames.add({ connection, direction: 'in', text: '' }, { now: 0, follows: 0 })
  const idsAfter = (id: number): number[] => frames.after(id).map((frame) => frame.id)
  t.equal(frames.oldest(), 2, 'the connection that has the most loses its oldest one')
  t.strictSame(idsAfter(0), [2, 3, 4, 5, 6])
  t.strictSame(idsAfter(4), [5, 6])
  t.strictSame(idsAfter(6), [])
  t.strictSame(idsAfter(7), [], 'of an id that there is not')
})
