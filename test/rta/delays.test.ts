import t from 'tap'
import { createDelays } from '../../src/rta/delays.ts'

const LONG = 3_600_000

t.test('what is not delayed is sent at once', async (t) => {
  const sent: number[] = []
  createDelays().send({}, 0, () => { sent.push(1) })
  t.strictSame(sent, [1])
})

t.test('what follows a delayed event on its subscription waits for it, and others do not', async (t) => {
  const { send } = createDelays()
  const [one, another] = [{}, {}]
  const sent: string[] = []
  await new Promise<void>((resolve) => {
    // Nothing else keeps this process from ending.
    const alive = setInterval(() => {}, LONG)
    send(one, 20, () => { sent.push('first') })
    send(one, 0, () => { sent.push('second') })
    send(another, 0, () => { sent.push('other') })
    send(one, 5, () => { sent.push('third') })
    send(one, 30, () => {
      sent.push('last')
      clearInterval(alive)
      resolve()
    })
  })
  t.strictSame(sent, ['other', 'first', 'second', 'third', 'last'])
  send(one, 0, () => { sent.push('again') })
  t.equal(sent.at(-1), 'again', 'nothing waits any more')
})

t.test('what is forgotten is not sent', async (t) => {
  const { send, forget, clear } = createDelays(2)
  const [one, another] = [{}, {}]
  const sent: string[] = []
  send(one, LONG, () => { sent.push('forgotten') })
  send(one, LONG, () => { sent.push('forgotten') })
  forget(one)
  forget(one)
  send(one, LONG, () => { sent.push('cleared') })
  send(another, LONG, () => { sent.push('cleared') })
  t.strictSame(sent, [], 'those that are forgotten do not count')
  clear()
  for (const each of [one, another]) send(each, 0, () => { sent.push('at once') })
  t.strictSame(sent, ['at once', 'at once'])
})

t.test('when too much waits, what was given first is sent early', async (t) => {
  const { send, clear } = createDelays(2)
  const [one, another] = [{}, {}]
  const sent: number[] = []
  send(one, LONG, () => { sent.push(1) })
  send(one, LONG, () => { sent.push(2) })
  send(another, LONG, () => { sent.push(3) })
  t.strictSame(sent, [1])
  send(another, 0, () => { sent.push(4) })
  t.strictSame(sent, [1, 2])
  send(another, LONG, () => { sent.push(5) })
  t.strictSame(sent, [1, 2, 3, 4], 'and what was due and waited for it alone')
  clear()
})

t.test('an event that is sent may end its subscription', async (t) => {
  const { send, forget, clear } = createDelays(2)
  const [one, another] = [{}, {}]
  const sent: number[] = []
  send(one, LONG, () => { sent.push(1); forget(one) })
  send(one, LONG, () => { sent.push(2) })
  send(another, LONG, () => { sent.push(3) })
  t.strictSame(sent, [1])
  send(another, LONG, () => { sent.push(4) })
  t.strictSame(sent, [1], 'the one that was forgotten does not count')
  send(another, LONG, () => { sent.push(5) })
  t.strictSame(sent, [1, 3])
  clear()
})
