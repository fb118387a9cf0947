import type { OperationsByRoute } from '../operation.ts'

/** What a test does to real-time activity. */
export const REAL_TIME_OPERATIONS: OperationsByRoute = {}
