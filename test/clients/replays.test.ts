import t from 'tap'
import { DOTNET } from './replays/dotnet.ts'
import { findWrong, replay, type Kind, type Read } from './replays/engine.ts'
import { NATIVE } from './replays/native.ts'
import { PYTHON } from './replays/python.ts'
import { RTA } from './replays/rta.ts'

/** Puts a value in the place of the first one at a path; undefined takes it away. */
function spoil (body: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (name === '*') return (body as unknown[]).map((each, index) => index === 0 ? spoil(each, rest, value) : each)
  if (Array.isArray(body)) return body.map((each, index) => String(index) === name ? spoil(each, rest, value) : each)
  return { ...body as object, [name]: spoil((body as Record<string, unknown>)[name], rest, value) }
}

/** A value that is not of a kind. */
const otherThan = (kind: Kind): unknown => ['list', 'some', 'five'].includes(kind) ? 1 : [[]]

/** The members whose absence, or another kind, would not be noticed. */
const findUnnoticed = ({ body, needs }: Read): string[] => Object.entries(needs).flatMap(([path, kind]) =>
  [undefined, otherThan(kind)].filter((value) => !findWrong({ body: spoil(body, path === '' ? [] : path.split('.'), value), needs }).some((wrong) => wrong.startsWith(`${path} is`)))
    .map((value) => `${path}: ${JSON.stringify(value) ?? 'missing'}`))

for (const each of [...PYTHON, ...DOTNET, ...NATIVE, ...RTA]) {
  t.test(`the requests of ${each.client} are answered with what it needs`, async (t) => {
    const read = await replay(t, each, 'live')
    t.strictSame(read.flatMap(findUnnoticed), [], 'each member that it needs is looked for')
  })
}

t.test('what a client needs is missed when it is not there, or of another kind', (t) => {
  const body = { a: [{ b: '1', c: null }, { b: '2', c: 'x' }], d: { e: '2026-11-28T09:00:00.0000000Z' } }
  t.strictSame(findWrong({ body, needs: { a: 'some', 'a.*.b': 'digits', 'a.*.c': 'text or null', d: 'texts', 'd.e': 'instant' } }), [])
  t.strictSame(findWrong({ body, needs: { 'a.*.b': 'number', 'a.*.c': 'text', 'a.*.f': 'text or null', 'a.2.b': 'digits', 'd.e': 'guid', 'd.*': 'text', 'a.0.b.c': 'text', '': 'list' } }), [
    'a.*.b is ["1","2"]; expected number', 'a.*.c is [null,"x"]; expected text', 'a.*.f is [null,null]; expected text or null', 'a.2.b is [null]; expected digits',
    'd.e is ["2026-11-28T09:00:00.0000000Z"]; expected guid', 'd.* is [null]; expected text', 'a.0.b.c is [null]; expected text', ` is ${JSON.stringify([body]).slice(0, 80)}; expected list`
  ])
  t.strictSame(findWrong({ body: { a: [] }, needs: { a: 'some', 'a.*.b': 'text' } }), ['a is [[]]; expected some', 'a.*.b is []; expected text'])
  t.end()
})
