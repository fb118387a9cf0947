import t from 'tap'
import { Report, UniqueKeys, within, WorldError } from '../../src/world/problems.ts'
import { thrownBy } from '../thrown-error.ts'

t.test('the message of a WorldError is its first problem and the number of the others', async (t) => {
  const cases: Array<[string[], string]> = [
    [['a'], 'a'],
    [['a', 'b'], 'a (and 1 more)'],
    [['a', 'b', 'c'], 'a (and 2 more)']
  ]
  for (const [problems, message] of cases) {
    const error = new WorldError(problems)
    t.equal(error.name, 'WorldError')
    t.equal(error.message, message)
    t.strictSame(error.problems, problems)
  }
})

t.test('a place within another has the whole JSON pointer', async (t) => {
  for (const [path, steps, expected] of [['/titles/0', ['achievements', 2, 'id'], '/titles/0/achievements/2/id'], ['', [], '']] as const) {
    const place = within({ file: 'a.json', path }, ...steps)
    t.strictSame([place.file, place.path], ['a.json', expected])
  }
})

t.test('a report throws one error with all problems', async (t) => {
  const report = new Report()
  report.throwIfAny()
  report.add({ file: 'a.json', path: '/titles/0' }, 'wrong')
  report.addAll('b.json', { problems: [{ path: '', message: 'worse' }, { path: '/users', message: 'bad' }], total: 2 })
  const error = thrownBy(() => report.throwIfAny())
  t.ok(error instanceof WorldError)
  t.equal(error.message, 'a.json: /titles/0: wrong (and 2 more)')
  t.strictSame((error as WorldError).problems, ['a.json: /titles/0: wrong', 'b.json: /: worse', 'b.json: /users: bad'])
})

t.test('a duplicate key is reported with the place of the first', async (t) => {
  const report = new Report()
  const keys = new UniqueKeys(report)
  t.equal(keys.has('user 1'), false)
  keys.add('user 1', { file: 'a.json', path: '/users/0' }, () => 'user 1')
  keys.add('user 2', { file: 'a.json', path: '/users/1' }, () => 'user 2')
  t.equal(keys.has('user 1'), true)
  report.throwIfAny()
  keys.add('user 1', { file: 'b.json', path: '/users/0' }, () => 'user 1')
  keys.add('user 1', { file: 'b.json', path: '/users/1' }, () => 'user 1')
  t.strictSame((thrownBy(() => report.throwIfAny()) as WorldError).problems, [
    'b.json: /users/0: user 1 is already at a.json: /users/0, expected once',
    'b.json: /users/1: user 1 is already at a.json: /users/0, expected once'
  ])
})

t.test('a report has the text of the first hundred problems, and the number of all', async (t) => {
  const report = new Report()
  for (let n = 0; n < 99; n++) report.add({ file: 'a.json', path: `/${n}` }, 'wrong')
  report.addAll('b.json', { problems: [{ path: '', message: 'bad' }, { path: '/users', message: 'bad' }], total: 1000 })
  report.add({ file: 'c.json', path: '' }, 'wrong')
  const { message, problems } = thrownBy(() => report.throwIfAny()) as WorldError
  t.equal(message, 'a.json: /0: wrong (and 1099 more)')
  t.equal(problems.length, 101)
  t.strictSame(problems.slice(98), ['a.json: /98: wrong', 'b.json: /: bad', 'and 1000 more'])
})
