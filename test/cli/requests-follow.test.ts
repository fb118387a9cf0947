import { createServer, type ServerResponse } from 'node:http'
import { EventEmitter, once } from 'node:events'
import t, { type Test } from 'tap'
import { listenOnFreePort } from '../free-port.ts'
import { refusedUrl } from '../refused-url.ts'
import { refuses, runCommand, says, watchCommand } from '../run-bin.ts'

const entry = (id: number, time = `2020-06-15T12:00:0${id}.0000000Z`): object => ({ id, time, method: 'GET', path: `/${id}`, query: '', contractVersion: '2', claims: null, status: 200, ms: 1, fault: null, refusal: null, hint: null })
const line = (id: number, second = id): string => `12:00:0${second}.000  200  GET   v2      1 ms  -                 /${id}\n`
const lines = (...ids: number[]): string => ids.map((id) => line(id)).join('')

/** An emulator whose journal is asked: a test gives each answer. */
async function createJournal (t: Test) {
  const asked: Array<{ query: string, response: ServerResponse }> = []
  const events = new EventEmitter()
  const server = createServer((request, response) => {
    asked.push({ query: String(request.url?.split('?')[1]), response })
    events.emit('asked')
  })
  const next = async () => {
    while (asked.length === 0) await once(events, 'asked')
    return asked.shift() as { query: string, response: ServerResponse }
  }
  return {
    url: `http://127.0.0.1:${await listenOnFreePort(t, server)}`,
    /** Answers the next question, or the one that has been asked and not answered; returns its query. */
    answer: async (newest: number, ...requests: object[]): Promise<string> => {
      const { query, response } = await next()
      response.end(JSON.stringify({ requests, newest }))
      return query
    },
    refuse: async (status: number, errorMessage: string): Promise<string> => {
      const { query, response } = await next()
      response.writeHead(status).end(JSON.stringify({ errorMessage }))
      return query
    },
    /** Resets the connection of the next question. */
    reset: async (): Promise<string> => {
      const { query, response } = await next()
      response.socket?.destroy()
      return query
    },
    next
  }
}

t.test('goes on with what comes, until it is told to stop', async (t) => {
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '-f', '--status', '200', '--last', '2', '--url', journal.url])
  t.equal(await journal.answer(7, entry(1), entry(2)), 'status=200&last=2')
  t.equal(await watched.lines(2), lines(1, 2))
  // The newest that there is, be it written or not, is where it goes on.
  t.equal(await journal.answer(8), 'status=200&after=7&wait=5')
  t.equal(await journal.answer(9, entry(3)), 'status=200&after=8&wait=5')
  t.equal(await watched.lines(3), lines(1, 2, 3))
  t.equal((await journal.next()).query, 'status=200&after=9&wait=5')
  watched.signal('SIGINT')
  t.strictSame(await watched.ended, says(lines(1, 2, 3)))
})

t.test('as JSON', async (t) => {
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '--follow', '--json', '--url', journal.url])
  await journal.answer(1, entry(1))
  await journal.answer(2, entry(2))
  t.equal(await watched.lines(2), `${JSON.stringify(entry(1))}\n${JSON.stringify(entry(2))}\n`)
  await journal.next()
  watched.signal('SIGTERM')
  t.equal((await watched.ended).code, 0)
})

t.test('an emulator that is started anew counts from 1, and one line tells of it', async (t) => {
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', journal.url])
  await journal.answer(5, entry(4), entry(5))
  await journal.refuse(503, 'The emulator stops, and waits for no request.')
  const told = `xbl-achievements: ${journal.url} is gone; waiting until it is back\n`
  t.equal(await watched.lines(1, 'stderr'), told)
  t.equal(await journal.reset(), '')
  t.equal(await journal.refuse(503, 'Busy.'), '')
  // The entry with the same number is another one.
  t.equal(await journal.answer(5, entry(5, '2020-06-15T12:00:09.0000000Z')), '')
  t.equal(await watched.lines(3), lines(4, 5) + line(5, 9))
  t.equal(await journal.answer(6, entry(6)), 'after=5&wait=5')
  await watched.lines(4)
  await journal.next()
  watched.signal('SIGHUP')
  t.strictSame(await watched.ended, { code: 0, stdout: lines(4, 5) + line(5, 9) + line(6), stderr: told })
})

t.test('an emulator that was there all the time does not tell the same again', async (t) => {
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', journal.url])
  await journal.answer(2, entry(1), entry(2))
  await journal.reset()
  await journal.answer(3, entry(1), entry(2), entry(3))
  t.equal(await watched.lines(3), lines(1, 2, 3))
  // Another one that has taken its place between two questions.
  t.equal(await journal.answer(1), 'after=3&wait=5')
  t.equal(await journal.answer(1, entry(1, '2020-06-15T12:00:09.0000000Z')), '')
  t.equal(await watched.lines(4), lines(1, 2, 3) + line(1, 9))
  await journal.next()
  watched.signal('SIGINT')
  await watched.ended
})

t.test('told to stop while it waits for an emulator that is gone', async (t) => {
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', journal.url])
  await journal.answer(0)
  await journal.reset()
  const told = await watched.lines(1, 'stderr')
  watched.signal('SIGINT')
  t.strictSame(await watched.ended, { code: 0, stdout: '', stderr: told })
})

t.test('nobody reads any more', async (t) => {
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', journal.url])
  await journal.answer(1, entry(1))
  await watched.lines(1)
  watched.closeOutput()
  await journal.answer(2, entry(2))
  t.strictSame(await watched.ended, says(lines(1)))
})

t.test('no emulator at the start, and one that refuses later', async (t) => {
  const closed = await refusedUrl(t)
  t.strictSame(await runCommand(['requests', '--follow', '--url', closed]), refuses(`${closed} cannot be reached: nothing listens there; start an emulator with xbl-achievements start, or name its address with --url`))
  const journal = await createJournal(t)
  const watched = watchCommand(t, ['requests', '--follow', '--url', journal.url])
  await journal.answer(1, entry(1))
  await journal.refuse(400, 'wait is "5"; expected seconds, 1 at most.')
  t.strictSame(await watched.ended, { code: 1, stdout: lines(1), stderr: 'xbl-achievements: wait is "5"; expected seconds, 1 at most\n' })
})
