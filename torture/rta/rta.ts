import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { memoryOf } from '../../bench/server-process.ts'
import type { Part, Run } from '../part.ts'
import { Random } from '../random.ts'
import { startServer, type Server } from '../server.ts'
import { levelOf, type Sample } from '../soak/level.ts'
import { CLOSE, closeFrame, readFrames, TEXT, upgradeRequest, type Received } from './frames.ts'
import { makeVisit, type Visit } from './visits.ts'

/** How many clients are connected at a time. */
const AT_A_TIME = 20
/** How long a client waits for what it has to be answered, in ms. */
const LONGEST_WAIT = 10_000
/** After how many clients memory is read. */
const MEASURED_EVERY = 200
/** How many clients it takes to tell a level: the first thousands fill what is bounded. */
const ENOUGH_FOR_LEVEL = 15_000
/** How often an emulator is looked at whether it has done what it was asked, in ms. */
const POLL = 5
const UPDATED = '/_emulator/users/gamer/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/11'

/**
 * Clients of Real-Time Activity that send what they like: each is answered and ended as it should be, and nothing is left of them.
 *
 * @param longest how long a client waits, in ms. A test waits longer, because the machine may be busy.
 */
export async function rta (run: Run, longest = LONGEST_WAIT): Promise<void> {
  const { book, signal, seed } = run
  const server = await startServer([], signal, ['--expose-gc', '--import', join(import.meta.dirname, 'collect.ts')])
  const samples: Sample[] = []
  for (let at = run.from; at < run.to && !signal.aborted && !server.hasEnded(); at += AT_A_TIME) {
    const numbers = Array.from({ length: Math.min(AT_A_TIME, run.to - at) }, (_none, index) => at + index)
    await Promise.all(numbers.map(async (number) => {
      const wrong = await visit(server, makeVisit(new Random(seed ^ 0x27A, number)), { run, longest })
      if (wrong !== undefined && !signal.aborted) book.fail(wrong.replace(/\d+/g, 'N'), `${wrong}: npm run torture -- --only rta --seed ${seed} --from ${number} --visits 1`)
    }).concat(change(server, { run, longest }, at)))
    const done = at + numbers.length - run.from
    if (done % MEASURED_EVERY === 0 && await collect(server, samples.length + 1, signal)) samples.push({ minute: done, megabytes: memoryOf(server.pid, 'VmRSS') })
    run.reached(run.from + done)
  }
  if (signal.aborted) return
  if (server.hasEnded()) return book.fail('the process ended', `with ${await server.ended}: ${server.printed()}`)
  server.signal('SIGTERM')
  if (await server.ended !== 0) book.fail('SIGTERM ends it otherwise', server.printed())
  if (run.to - run.from < ENOUGH_FOR_LEVEL) return
  // Counted in clients instead of minutes.
  const { early, late, isLevel } = levelOf(samples, run.to - run.from)
  book.count('MB early', Math.round(early))
  book.count('MB late', Math.round(late))
  if (!isLevel) book.fail('memory grows', `from ${early.toFixed(1)} to ${late.toFixed(1)} MB`)
}

/** A run, and how long its clients wait. */
interface Waiting { readonly run: Run, readonly longest: number }

/** Lets an emulator collect its garbage for the `count`th time: what is left of memory is what it keeps. @returns whether it has. */
async function collect (server: Server, count: number, signal: AbortSignal): Promise<boolean> {
  if (server.hasEnded()) return false
  server.signal('SIGUSR2')
  const isDone = (): boolean => server.printed().includes(`collected ${count}\n`)
  while (!isDone() && !server.hasEnded() && !signal.aborted) await setTimeout(POLL)
  return isDone()
}

export const rtaPart: Part = {
  name: 'rta',
  what: 'hostile clients of Real-Time Activity',
  goal: 'each answered and ended with its code, others served, memory level',
  unit: 'visits',
  amount: 20_000,
  isWhole: true,
  run: rta
}

/** Changes what clients may be subscribed to: whoever asks for something else than a connection is answered. */
async function change ({ port }: Server, { run: { book, signal }, longest }: Waiting, at: number): Promise<void> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${UPDATED}`, { method: 'PUT', body: JSON.stringify({ percentComplete: at % 2 === 0 ? 40 : 60 }), signal: AbortSignal.timeout(longest) })
    await answer.text()
    if (!answer.ok) book.fail(`a change was answered with ${answer.status}`, UPDATED)
  } catch (error) {
    if (!signal.aborted) book.fail('a change was not answered', String((error as Error).cause ?? error))
  }
}

/** @returns what is wrong. */
async function visit ({ port }: Server, { bytes, answers, codes, leaving }: Visit, { run: { book }, longest }: Waiting): Promise<string | undefined> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
  await once(socket, 'connect')
  socket.write(upgradeRequest())
  book.count('frames sent', bytes.length)
  if (codes === null && leaving !== 'close') {
    if (leaving === 'unread') socket.pause()
    socket.write(Buffer.concat(bytes), () => { socket.resetAndDestroy() })
    await once(socket, 'close')
    return undefined
  }
  const { received, change } = follow(socket)
  socket.write(Buffer.concat(bytes))
  let isLate = false
  let failure = ''
  socket.on('error', (error: NodeJS.ErrnoException) => { failure = ` (${error.code})` })
  const late = globalThis.setTimeout(() => {
    isLate = true
    socket.destroy()
  }, longest)
  const isAnswered = (): boolean => answersIn(received()) >= answers
  if (codes === null) {
    while (!isAnswered() && !socket.destroyed) await change()
    socket.write(closeFrame(1000))
  }
  if (!socket.closed) await once(socket, 'close').catch(() => {})
  clearTimeout(late)
  const wrong = judge(received(), answers, codes ?? [1000])
  return wrong === undefined ? undefined : `${wrong}${isLate ? ` within ${longest} ms` : failure}`
}

/** Reads what the server sends, and answers its close frame. */
function follow (socket: Socket): { received: () => Received[], change: () => Promise<void> } {
  let bytes = Buffer.alloc(0)
  let notice = (): void => {}
  const received = (): Received[] => [...readFrames(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4))]
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more])
    if (received().some(({ opcode }) => opcode === CLOSE)) socket.end(closeFrame(1000))
    notice()
  }).on('close', () => notice())
  return {
    received,
    change: async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      notice = resolve
      await promise
    }
  }
}

const textsIn = (received: readonly Received[]): string[] => received.filter(({ opcode }) => opcode === TEXT).map(({ payload }) => payload.toString())
/** Events and resyncs answer nothing. */
const answersIn = (received: readonly Received[]): number => textsIn(received).filter((text) => /^\[[12],/.test(text)).length

/** A right answer, event or resync. */
const RIGHT = /^(?:\[1,-?\d+,(?:0,\d+|(?:1|2|3|1001|1002),0),null\]|\[2,-?\d+,[01]\]|\[3,\d+,\{"serviceConfigId":.+\}\]|\[4\])$/

function judge (received: readonly Received[], answers: number, codes: readonly number[]): string | undefined {
  const wrong = textsIn(received).find((text) => !RIGHT.test(text))
  if (wrong !== undefined) return `came as an answer: ${wrong.slice(0, 200)}`
  if (answersIn(received) !== answers) return `${answersIn(received)} answers came instead of ${answers}`
  const end = received.find(({ opcode }) => opcode === CLOSE)
  if (end === undefined) return `no close frame came instead of ${codes.join(' or ')}`
  const code = end.payload.length < 2 ? 1005 : end.payload.readUInt16BE(0)
  return codes.includes(code) ? undefined : `it was closed with ${code} instead of ${codes.join(' or ')}`
}
