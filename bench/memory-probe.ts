/** Is loaded into a server before it starts (`node --expose-gc --import`): answers each message with the memory that is in use. */

/** Objects with finalizers are collected by the second time, and what they held by the third. */
const COLLECTIONS = 3

process.on('message', () => {
  for (let time = 0; time < COLLECTIONS; time++) globalThis.gc?.()
  process.send?.(process.memoryUsage())
})
// The server ends as it would without this.
process.channel?.unref()
