import type { Test } from 'tap'
import { startEmulator, type Emulator, type EmulatorOptions } from '../src/index.ts'

/** An emulator in this process, closed after the test. */
export async function start (t: Test, options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options)
  t.teardown(emulator.close)
  return emulator
}
