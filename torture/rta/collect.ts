/**
 * Loaded into the process of an emulator before anything else: at the signal SIGUSR2 it collects its garbage, and says
 * so. V8 lets garbage pile up as long as there is room, and that tells nothing of what is kept.
 */
let count = 0
process.on('SIGUSR2', () => {
  (globalThis as unknown as { gc: () => void }).gc()
  console.log(`collected ${++count}`)
})
