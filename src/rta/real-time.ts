import type { RealTime } from '../http/real-time.ts'
import type { Disturbances } from './disturbances.ts'

/** What the control API and a test see of real-time activity, and do to it. */
export const createRealTime = ({ disturbances }: { disturbances: Disturbances }): RealTime => ({
  list: () => [],
  resync: () => 0,
  close: () => 0,
  faults: disturbances.faults
})
