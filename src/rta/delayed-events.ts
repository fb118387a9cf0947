/** How many events of a subscription may be on their way. */
const MOST_DELAYED = 1000

/** The events of a subscription that a test has delayed, in order: what follows one of them waits for it. */
export interface DelayedEvents {
  /** @param delay in ms of the machine. @returns false when too many wait; they are forgotten then. */
  readonly add: (data: string, delay: number) => boolean
  readonly isEmpty: () => boolean
  readonly clear: () => void
}

export function createDelayedEvents (send: (data: string) => void, most = MOST_DELAYED): DelayedEvents {
  const waiting: Array<{ readonly data: string, readonly due: number }> = []
  let timer: NodeJS.Timeout | undefined

  const arm = (): void => {
    const [first] = waiting
    timer = first && setTimeout(sendDue, first.due - performance.now()).unref()
  }

  const sendDue = (): void => {
    const now = performance.now()
    for (let [first] = waiting; first !== undefined && first.due <= now; [first] = waiting) {
      waiting.shift()
      send(first.data)
    }
    arm()
  }

  const clear = (): void => {
    waiting.length = 0
    clearTimeout(timer)
  }

  return {
    add (data, delay) {
      if (waiting.length >= most) {
        clear()
        return false
      }
      waiting.push({ data, due: Math.max(waiting.at(-1)?.due ?? 0, performance.now() + delay) })
      if (waiting.length === 1) arm()
      return true
    },

    isEmpty: () => waiting.length === 0,
    clear
  }
}
