import { parentPort, workerData } from 'node:worker_threads'
import { startEmulator } from '../src/index.ts'

/** The emulator of bench/growth.ts, in a thread of its own, so that a blocked event loop does not block the client. */

const { url, authorization } = await startEmulator({ world: workerData, journal: 10_000 })
parentPort?.postMessage({ url, authorization: authorization({ xuid: '1', titleId: 10_000 }) })
