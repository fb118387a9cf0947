import type { OperationsByRoute } from '../operation.ts'
import { ERASER_OPERATIONS } from './eraser.ts'
import { PEOPLE_OPERATIONS } from './people.ts'
import { PRESENCE_OPERATIONS } from './presence.ts'
import { PRIVACY_OPERATIONS } from './privacy.ts'
import { PROFILE_OPERATIONS } from './profile.ts'
import { TITLEHUB_OPERATIONS } from './titlehub.ts'
import { USERSTATS_OPERATIONS } from './userstats.ts'

/** The operations of the hosts around the achievements. */
export const NEIGHBOUR_OPERATIONS: OperationsByRoute = {
  ...ERASER_OPERATIONS,
  ...TITLEHUB_OPERATIONS,
  ...PROFILE_OPERATIONS,
  ...USERSTATS_OPERATIONS,
  ...PRESENCE_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...PRIVACY_OPERATIONS
}
