/* global requestAnimationFrame, MutationObserver */
/* Runs in the window that is measured, before the page does. @see bench/console.ts */
{
  const sleepTwo = () => new Promise((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(resolve) }) })
  let frames = []
  let tasks = []
  let isRecording = false
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) tasks.push(duration) }).observe({ type: 'longtask' })

  const look = (before) => {
    if (!isRecording) return
    requestAnimationFrame((now) => {
      frames.push(now - before)
      look(now)
    })
  }

  const probe = {
    /** When the first row of a list, or the first part of the place, was painted, in ms after the navigation. */
    firstRow: new Promise((resolve) => {
      new MutationObserver((_list, observer) => {
        if (document.querySelector('main [data-index], main section') === null) return
        observer.disconnect()
        requestAnimationFrame(() => { resolve(performance.now()) })
      }).observe(document, { childList: true, subtree: true })
    }),

    /** Notes each frame and each task of more than 50 ms from now on. */
    record () {
      frames = []
      tasks = []
      isRecording = true
      requestAnimationFrame(look)
    },

    stop () {
      isRecording = false
      return { frames: frames.filter((ms) => ms > 0), tasks }
    },

    /** Does something to a control, and waits until the condition holds. @returns how long that took until it was painted, in ms. */
    async until (act, isDone) {
      const before = performance.now()
      act()
      while (!isDone()) {
        if (performance.now() - before > 30_000) throw new Error('It has not happened within 30 s.')
        await new Promise((resolve) => { requestAnimationFrame(resolve) })
      }
      await sleepTwo()
      return performance.now() - before
    },

    /** Writes into a field, or chooses in one. */
    fill (selector, value) {
      const field = document.querySelector(selector)
      field.value = value
      field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
    },

    /** Scrolls the list of the place a bit with every frame, until a row of this index is there. */
    async scrollTo (index, pixels) {
      const list = document.querySelector('main [role=grid]')
      while (document.querySelector(`main [data-index="${index}"]`) === null) {
        list.scrollTop += pixels
        await new Promise((resolve) => { requestAnimationFrame(resolve) })
      }
    },

    tasksSoFar: () => tasks,

    painted: () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null
  }
  window.probe = probe
}
