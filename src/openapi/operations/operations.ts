import type { Config } from '../../config/config.ts'
import type { Operation, OperationsByRoute } from '../operation.ts'
import { CLOCK_OPERATIONS } from './clock.ts'
import { DEVICE_CODE_OPERATIONS } from './device-codes.ts'
import { EMULATOR_OPERATIONS } from './emulator.ts'
import { END_POINT_OPERATIONS, TITLE_END_POINT_OPERATIONS } from './end-points.ts'
import { EVENT_OPERATIONS } from './events.ts'
import { FAULT_OPERATIONS } from './faults.ts'
import { IGDB_OPERATIONS } from './igdb.ts'
import { JOURNAL_OPERATIONS } from './journal.ts'
import { LIVE_OPERATIONS } from './live.ts'
import { MICROSOFT_OPERATIONS } from './microsoft.ts'
import { NEIGHBOUR_OPERATIONS } from './neighbours.ts'
import { PROGRESS_OPERATIONS } from './progress.ts'
import { RATE_LIMIT_OPERATIONS } from './rate-limits.ts'
import { REAL_TIME_OPERATIONS } from './real-time.ts'
import { RTA_OPERATIONS } from './rta.ts'
import { SESSION_OPERATIONS } from './sessions.ts'
import { TITLE_OPERATIONS } from './titles.ts'
import { USER_OPERATIONS } from './users.ts'
import { WORLD_FILE_OPERATIONS } from './world-files.ts'
import { WORLD_OPERATIONS } from './world.ts'
import { XAL_OPERATIONS } from './xal.ts'
import { XBOX_OPERATIONS } from './xbox.ts'

interface OperationGroup {
  /** The heading under which the page shows it. */
  readonly tag: { readonly name: string, readonly description: string }
  /** The credentials of which an operation needs one, as OpenAPI writes them: `{}` stands for none. */
  readonly security: ReadonlyArray<Readonly<Record<string, readonly string[]>>>
  /** The option without which its routes are not served. */
  readonly option?: 'igdb' | 'neighbours' | 'rta' | 'signIn'
  readonly operations: OperationsByRoute
}

const SIGN_IN = { name: 'Sign-in', description: 'What the hosts do at which people and clients sign in; each description begins with the host.' }
const EMULATOR = { name: 'Emulator', description: 'What a test does to the emulator.' }

/** Every operation, in the order in which the page shows them. */
const GROUPS: readonly OperationGroup[] = [
  { tag: { name: 'Xbox Live', description: 'The achievements service.' }, security: [{ xbl: [] }], operations: XBOX_OPERATIONS },
  { tag: { name: 'IGDB', description: 'The same achievements as the catalogue of IGDB has them.' }, security: [], option: 'igdb', operations: IGDB_OPERATIONS },
  { tag: SIGN_IN, security: [], option: 'signIn', operations: { ...LIVE_OPERATIONS, ...MICROSOFT_OPERATIONS, ...XAL_OPERATIONS, ...END_POINT_OPERATIONS } },
  { tag: SIGN_IN, security: [{ xbl: [] }], option: 'signIn', operations: TITLE_END_POINT_OPERATIONS },
  { tag: { name: 'Neighbours', description: 'What the hosts around the achievements tell of the same world; each description begins with the host.' }, security: [{ xbl: [] }], option: 'neighbours', operations: NEIGHBOUR_OPERATIONS },
  { tag: { name: 'Real-Time Activity', description: 'Changes as they happen; each description begins with the host.' }, security: [{ xbl: [] }], option: 'rta', operations: RTA_OPERATIONS },
  { tag: EMULATOR, security: [], operations: EMULATOR_OPERATIONS },
  {
    tag: EMULATOR,
    security: [{ controlKey: [] }, {}],
    operations: { ...WORLD_OPERATIONS, ...WORLD_FILE_OPERATIONS, ...TITLE_OPERATIONS, ...SESSION_OPERATIONS, ...DEVICE_CODE_OPERATIONS, ...USER_OPERATIONS, ...PROGRESS_OPERATIONS, ...CLOCK_OPERATIONS, ...FAULT_OPERATIONS, ...RATE_LIMIT_OPERATIONS, ...JOURNAL_OPERATIONS, ...EVENT_OPERATIONS }
  },
  { tag: EMULATOR, security: [{ controlKey: [] }, {}], option: 'rta', operations: REAL_TIME_OPERATIONS }
]

/** An operation with its route, under its heading. */
export interface ListedOperation extends Operation, Pick<OperationGroup, 'tag' | 'security'> {
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
}

/** The operations that an emulator with these options serves. */
export function listOperations (config: Pick<Config, 'dialect' | 'igdb' | 'neighbours' | 'rta' | 'signIn'>): ListedOperation[] {
  return GROUPS
    .filter(({ option }) => option === undefined || config[option])
    .flatMap(({ tag, security, operations }) => Object.entries(operations).map(([route, createOperation]) => {
      const [method = '', path = ''] = route.split(' ')
      return { ...createOperation(config.dialect), method, path, tag, security }
    }))
}
