/** Sends later what is delayed, and what follows it. */
export interface Delays {
  /** Sends something for a subscription after a delay in ms, and after all that was given for the same subscription before. Without a delay, and when nothing waits: at once. */
  readonly send: (subscription: object, delay: number, send: () => void) => void
  /** Forgets what waits for a subscription. */
  readonly forget: (subscription: object) => void
  /** Forgets all that waits. */
  readonly clear: () => void
}

interface DelayedEvent {
  readonly due: number
  readonly send: () => void
}

/** What waits for a subscription. */
interface DelayedQueue {
  readonly waiting: DelayedEvent[]
  timer: NodeJS.Timeout | undefined
}

/** How many events may wait in all. When there is one more, the one that was given first is sent early. */
const MOST_DELAYED_EVENTS = 10_000

/** @param most how many events may wait. */
export function createDelays (most = MOST_DELAYED_EVENTS): Delays {
  // In the order in which the first of them was given.
  const queues = new Map<object, DelayedQueue>()
  let count = 0

  /** Sends what is due for a subscription, and waits for the next. */
  const proceed = (subscription: object): void => {
    const queue = queues.get(subscription)
    if (queue === undefined) return
    while (queue.waiting[0] !== undefined && queue.waiting[0].due <= performance.now()) sendFirst(queue.waiting)
    clearTimeout(queue.timer)
    const [next] = queue.waiting
    if (next === undefined) queues.delete(subscription)
    // A process that has nothing else to do does not wait for it.
    else queue.timer = setTimeout(proceed, Math.ceil(next.due - performance.now()), subscription).unref()
  }
  const sendFirst = (waiting: DelayedEvent[]): void => {
    count--
    waiting.shift()?.send()
  }
  const sendOneEarly = (): void => {
    const [first] = queues
    const [subscription, { waiting }] = first as [object, DelayedQueue]
    sendFirst(waiting)
    proceed(subscription)
  }
  const forget = (subscription: object): void => {
    const queue = queues.get(subscription)
    if (queue === undefined) return
    clearTimeout(queue.timer)
    // It is forgotten while it is sent, too: when what is sent ends the connection.
    count -= queue.waiting.splice(0).length
    queues.delete(subscription)
  }
  return {
    send: (subscription, delay, send) => {
      const queue = queues.get(subscription)
      if (queue === undefined && delay === 0) return send()
      const waiting = { due: performance.now() + delay, send }
      count++
      if (queue !== undefined) queue.waiting.push(waiting)
      else queues.set(subscription, { waiting: [waiting], timer: undefined })
      if (count > most) sendOneEarly()
      if (queue === undefined) proceed(subscription)
    },
    forget,
    clear: () => { for (const subscription of [...queues.keys()]) forget(subscription) }
  }
}
