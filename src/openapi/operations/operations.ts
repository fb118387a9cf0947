import type { Config } from '../../config/config.ts'
import type { Dialect } from '../../model/dialect.ts'
import type { Operation } from '../operation.ts'
import * as clock from './clock.ts'
import * as emulator from './emulator.ts'
import * as faults from './faults.ts'
import * as igdb from './igdb.ts'
import * as journal from './journal.ts'
import * as sessions from './sessions.ts'
import * as signIn from './sign-in.ts'
import * as users from './users.ts'
import * as world from './world.ts'
import * as xbox from './xbox.ts'

/** The credentials of which an operation needs one, as OpenAPI has them: `{}` stands for none. */
type Security = ReadonlyArray<Readonly<Record<string, readonly string[]>>>

interface OperationGroup {
  /** The heading under which the page shows it. */
  readonly tag: { readonly name: string, readonly description: string }
  readonly security: Security
  /** The option without which its routes are not served. */
  readonly option?: 'igdb' | 'signIn'
  readonly operations: ReadonlyArray<(dialect: Dialect) => Operation>
}

const EMULATOR = { name: 'Emulator', description: 'What a test does to the emulator.' }

/** Every operation, in the order in which the page shows them. */
const GROUPS: readonly OperationGroup[] = [
  {
    tag: { name: 'Xbox Live', description: 'The achievements service.' },
    security: [{ xbl: [] }],
    operations: [xbox.listAchievements, xbox.getAchievement, xbox.updateAchievements, xbox.listTitleAchievements, xbox.listTitleHistory]
  },
  {
    tag: { name: 'IGDB', description: 'The same achievements as the catalogue of IGDB has them.' },
    security: [],
    option: 'igdb',
    operations: [igdb.listRecords, igdb.readRecords, igdb.countRecords, igdb.scrollRecords]
  },
  {
    tag: { name: 'Sign-in', description: 'What login.live.com, user.auth.xboxlive.com and xsts.auth.xboxlive.com do.' },
    security: [],
    option: 'signIn',
    operations: [signIn.authorize, signIn.exchangeCode, signIn.authenticateUser, signIn.authorizeXsts]
  },
  {
    tag: EMULATOR,
    security: [],
    operations: [emulator.showPicture, emulator.health, emulator.ready, emulator.showDocument, emulator.showPage]
  },
  {
    tag: EMULATOR,
    security: [{ controlKey: [] }, {}],
    operations: [
      world.reset, world.exportWorld, world.replaceWorld, world.mergeWorld,
      sessions.createSession, sessions.deleteSession,
      users.putUser, users.deleteUser, users.setPrivacy, users.addFriend, users.removeFriend, users.setProgress,
      clock.readClock, clock.setClock, clock.resetClock,
      faults.addFault, faults.listFaults, faults.clearFaults, faults.deleteFault,
      journal.listRequests, journal.listUnmatched, journal.clearRequests
    ]
  }
]

/** An operation under its heading. */
export interface ListedOperation extends Operation, Pick<OperationGroup, 'tag' | 'security'> {}

/** The operations that an emulator with these options serves. */
export function listOperations (config: Pick<Config, 'dialect' | 'igdb' | 'signIn'>): ListedOperation[] {
  return GROUPS
    .filter(({ option }) => option === undefined || config[option])
    .flatMap(({ tag, security, operations }) => operations.map((describe) => ({ ...describe(config.dialect), tag, security })))
}
