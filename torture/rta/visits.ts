import type { Random } from '../random.ts'
import { BINARY, CLOSE, closeFrame, frame, PING, PONG, TEXT } from './frames.ts'

/** What a client sends on a connection, and what it has to be answered. */
export interface Visit {
  readonly bytes: readonly Buffer[]
  /** How many text frames answer it. */
  readonly answers: number
  /** The codes with which the connection may end; null: the client ends it. */
  readonly codes: readonly number[] | null
  /** How the client leaves where it has to. `unread`: it has read nothing, and resets. */
  readonly leaving: 'close' | 'reset' | 'unread'
}

const CONTINUATION = 0
/** More than a connection may have, and more than it may ask for in ten seconds. */
const STORM = 6000

type Said = readonly [bytes: readonly Buffer[], answers: number]
type Wrong = readonly [bytes: readonly Buffer[], code: number]

const XUIDS = ['2533274790412952', '2533274790412953', '0', '1', '18446744073709551615', '18446744073709551616', '-1', 'me', '', '*', '\u0000', '2533274790412952)/x(']
const SCIDS = ['7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764', 'B5DD9DAF-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 'x', '', '../..', '%2e%2e']
const HOSTS = ['achievements.xboxlive.com', 'ACHIEVEMENTS.XBOXLIVE.COM', 'notify.xboxlive.com', 'userpresence.xboxlive.com', 'evil.example', 'achievements.xboxlive.com:443', 'a@achievements.xboxlive.com', '']

function resource (random: Random): string {
  if (random.once(10)) return random.pick(['', 'x', 'file:///etc/passwd', 'https://', 'javascript:1', '\ud800', 'x'.repeat(random.below(12_000))])
  return `${random.pick(['https', 'https', 'http', 'wss'])}://${random.pick(HOSTS)}/users/xuid(${random.pick(XUIDS)})/achievements/${random.pick(SCIDS)}${random.pick(['', '', '/', '?a=b', '#c'])}`
}

const seqOf = (random: Random): string => random.pick(['0', '1', '-1', '4294967296', '18446744073709551615', String(random.below(1000))])

/** In as many parts as there are bytes, or fewer. */
function inParts (random: Random, text: string): Buffer[] {
  const bytes = Buffer.from(text)
  const size = 1 + random.below(bytes.length)
  const count = Math.ceil(bytes.length / size)
  return Array.from({ length: count }, (_none, at) => frame(bytes.subarray(at * size, at * size + size), { opcode: at === 0 ? TEXT : CONTINUATION, isLast: at === count - 1 }))
}

/** What is no fault of the client's, or one that a message answers. */
const SAYINGS: ReadonlyArray<readonly [weight: number, say: (random: Random) => Said]> = [
  [8, (random) => [[frame(`[1,${seqOf(random)},${JSON.stringify(resource(random))}]`)], 1]],
  [2, (random) => [inParts(random, `[1,${seqOf(random)},${JSON.stringify(resource(random).slice(0, 800))}]`), 1]],
  [3, (random) => [[frame(`[2,${seqOf(random)},${random.pick(['0', '1', '7', '-1', '1e3', 'null', '"0"', '4294967296'])}]`)], 1]],
  [1, (random) => [[frame(`[1,1,${random.pick(['null', '7', '{}', '[]', 'true', '"a",'.repeat(1000) + '0'])}]`)], 1]],
  [1, (random) => [[frame(`[${random.pick(['0', '3', '4', '9', '-1', '99999999999'])},1,"x"]`)], 0]],
  [1, (random) => [[frame('x'.repeat(random.below(126)), { opcode: random.pick([PING, PONG]) })], 0]]
]

/** What ends the connection. */
const WRONGS: ReadonlyArray<readonly [weight: number, err: (random: Random) => Wrong]> = [
  [4, (random) => [[frame(random.pick(['', '{', 'null', '[]', '[1]', '{}', '"x"', '[1,1.5,"x"]', '[1,1,"x"]]', '[[[', '\u0000', '[1,1,"x"', 'NaN']))], 1007]],
  [2, (random) => [[frame(random.pick(['[', '{"a":', '[{"a":']).repeat(random.below(2000) + 200))], 1007]],
  [2, (random) => [[frame(Buffer.from(random.times(20, () => 128 + random.below(64))))], 1007]],
  [2, (random) => [[frame(Buffer.from(random.times(random.below(200), () => random.below(256))), { opcode: BINARY })], 1003]],
  [2, (random) => [[frame('x'.repeat(16 * 1024 + 1 + random.below(50_000)))], 1009]],
  [1, (random) => [[frame('', { length: random.pick([2 ** 31, 2 ** 32, 2 ** 53, 2 ** 62]) })], 1009]],
  [1, () => [[frame('[', { isLast: false }), ...Array.from({ length: 1100 }, () => frame('', { opcode: CONTINUATION, isLast: false }))], 1008]],
  [1, () => [[frame('[1,1,"x"]', { isMasked: false })], 1002]],
  [2, (random) => [[frame('[1,1,"x"]', { reserved: 1 + random.below(7) })], 1002]],
  [1, (random) => [[frame('', { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) })], 1002]],
  [1, () => [[frame('x', { opcode: CONTINUATION })], 1002]],
  [1, () => [[frame('[1', { isLast: false }), frame('[1,1,"x"]')], 1002]],
  [1, (random) => [[frame('x', { opcode: random.pick([PING, PONG]), isLast: false })], 1002]],
  [1, () => [[frame('x'.repeat(126), { opcode: PING })], 1002]],
  [1, (random) => [[random.pick([frame('x', { opcode: CLOSE }), closeFrame(1005), closeFrame(999), closeFrame(5000)])], 1002]]
]

/** Makes what a client sends. */
export function makeVisit (random: Random): Visit {
  if (random.once(500)) return { bytes: Array.from({ length: STORM }, (_none, at) => frame(`[1,${at},${JSON.stringify(`https://achievements.xboxlive.com/users/xuid(${XUIDS[0]})/achievements/${SCIDS[0]}`)}]`)), answers: STORM, codes: null, leaving: 'close' }
  const said = random.times(random.below(100), () => random.weighted(SAYINGS)(random))
  const bytes = said.flatMap(([each]) => each)
  const answers = said.reduce((sum, [, count]) => sum + count, 0)
  if (random.once(2)) return { bytes, answers, codes: null, leaving: random.weighted([[3, 'close'], [1, 'reset'], [1, 'unread']]) }
  const [wrong, code] = random.weighted(WRONGS)(random)
  return { bytes: [...bytes, ...wrong], answers, codes: [code], leaving: 'close' }
}
