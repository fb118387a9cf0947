import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { systemTimers } from '../../src/base/timers.ts'

t.test('the machine\'s timers do what they are told, and end', async (t) => {
  let ticks = 0
  // Nothing else keeps the process running.
  const alive = setInterval(() => {}, 1000)
  await new Promise<void>((resolve) => {
    const cancel = systemTimers.every(1, () => {
      if (++ticks < 3) return
      cancel()
      resolve()
    })
  })
  systemTimers.after(0, () => t.fail('it was cancelled'))()
  await new Promise<void>((resolve) => systemTimers.after(1, resolve))
  clearInterval(alive)
  await setImmediate()
  t.equal(ticks, 3)
})
