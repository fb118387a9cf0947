import type { OperationsByRoute } from '../operation.ts'
import { END_POINT_OPERATIONS } from './end-points.ts'
import { LIVE_OPERATIONS } from './live.ts'
import { XAL_OPERATIONS } from './xal.ts'

/** The operations of the sign-in hosts that need no token. */
export const SIGN_IN_OPERATIONS: OperationsByRoute = { ...LIVE_OPERATIONS, ...XAL_OPERATIONS, ...END_POINT_OPERATIONS }
