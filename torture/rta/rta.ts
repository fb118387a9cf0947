import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { memoryOf } from '../../bench/server-process.ts'
import type { Part, Run } from '../part.ts'
import { Random } from '../random.ts'
import { startServer, type Server } from '../server.ts'
import { CLOSE, closeFrame, readFrames, TEXT, upgradeRequest, type Received } from './frames.ts'
import { makeVisit, type Visit } from './visits.ts'

/** How many clients are connected at a time. */
const AT_A_TIME = 20
/** How long a client waits for what it has to be answered, in ms. */
const LONGEST_WAIT = 10_000
/** How much memory the emulator may have held, in MB: V8 lets about as much garbage pile up, however long it runs. */
const MOST_MEMORY = 400
const UPDATED = '/_emulator/users/gamer/achievements/7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764/11'

/** Clients of Real-Time Activity that send what they like: each is answered and ended as it should be, and nothing is left of them. */
export async function rta (run: Run): Promise<void> {
  const { book, signal, seed } = run
  const server = await startServer([], signal)
  let most = 0
  for (let at = run.from; at < run.to && !signal.aborted && !server.hasEnded(); at += AT_A_TIME) {
    const numbers = Array.from({ length: Math.min(AT_A_TIME, run.to - at) }, (_none, index) => at + index)
    await Promise.all(numbers.map(async (number) => {
      const wrong = await visit(server, makeVisit(new Random(seed ^ 0x27A, number)), run)
      if (wrong !== undefined && !signal.aborted) book.fail(wrong.replace(/\d+/g, 'N'), `${wrong}: npm run torture -- --only rta --seed ${seed} --from ${number} --visits 1`)
    }).concat(change(server, run, at)))
    if (!server.hasEnded()) most = Math.max(most, memoryOf(server.pid, 'VmHWM'))
    book.highest('MB at most', Math.round(most))
    run.reached(at + numbers.length)
  }
  if (signal.aborted) return
  if (server.hasEnded()) return book.fail('the process ended', `with ${await server.ended}: ${server.printed()}`)
  server.signal('SIGTERM')
  if (await server.ended !== 0) book.fail('SIGTERM ends it otherwise', server.printed())
  if (most > MOST_MEMORY) book.fail('memory grows', `to ${most.toFixed(0)} MB`)
}

export const rtaPart: Part = {
  name: 'rta',
  what: 'hostile clients of Real-Time Activity',
  goal: 'each answered and ended with its code, others served, at most 400 MB',
  unit: 'visits',
  amount: 20_000,
  isWhole: true,
  run: rta
}

/** Changes what clients may be subscribed to: whoever asks for something else than a connection is answered. */
async function change ({ port }: Server, { book, signal }: Run, at: number): Promise<void> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${UPDATED}`, { method: 'PUT', body: JSON.stringify({ percentComplete: at % 2 === 0 ? 40 : 60 }), signal: AbortSignal.timeout(LONGEST_WAIT) })
    await answer.text()
    if (!answer.ok) book.fail(`a change was answered with ${answer.status}`, UPDATED)
  } catch (error) {
    if (!signal.aborted) book.fail('a change was not answered', String((error as Error).cause ?? error))
  }
}

/** @returns what is wrong. */
async function visit ({ port }: Server, { bytes, answers, codes, leaving }: Visit, { book }: Run): Promise<string | undefined> {
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
  const late = setTimeout(() => {
    isLate = true
    socket.destroy()
  }, LONGEST_WAIT)
  const isAnswered = (): boolean => answersIn(received()) >= answers
  if (codes === null) {
    while (!isAnswered() && !socket.destroyed) await change()
    socket.write(closeFrame(1000))
  }
  if (!socket.closed) await once(socket, 'close').catch(() => {})
  clearTimeout(late)
  const wrong = judge(received(), answers, codes ?? [1000])
  return wrong === undefined ? undefined : `${wrong}${isLate ? ` within ${LONGEST_WAIT} ms` : failure}`
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
