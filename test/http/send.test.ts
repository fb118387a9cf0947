import t from 'tap'
import { chunksOf } from '../../src/http/send.ts'

t.test('chunks have 64 k characters or a little more, and the event loop turns between them', async (t) => {
  let turns = 0
  const count = (): void => {
    turns++
    timer = setImmediate(count)
  }
  let timer = setImmediate(count)
  const pieces: string[] = []
  const seen: number[] = []
  for await (const piece of chunksOf(Array.from({ length: 10 }, (_none, n) => String(n).repeat(20_000)), () => 0)) {
    pieces.push(piece)
    seen.push(turns)
  }
  clearImmediate(timer)
  t.strictSame(pieces.map(({ length }) => length), [80_000, 80_000, 40_000])
  t.equal(pieces.join(''), '0123456789'.split('').map((digit) => digit.repeat(20_000)).join(''))
  t.ok((seen[0] as number) < (seen[1] as number) && (seen[1] as number) < (seen[2] as number), seen.join())
})

t.test('the event loop also turns when the pieces are short, by time', async (t) => {
  let now = 0
  const written = function * (): Generator<string> {
    for (let n = 0; n < 8; n++) {
      now += 5
      yield n % 4 === 3 ? String(n) : ''
    }
  }
  const pieces: string[] = []
  for await (const piece of chunksOf(written(), () => now)) pieces.push(piece)
  t.strictSame(pieces, ['', '3', '', '7', ''])
})

t.test('no pieces', async (t) => {
  const pieces: string[] = []
  for await (const piece of chunksOf([])) pieces.push(piece)
  t.strictSame(pieces, [''])
})
