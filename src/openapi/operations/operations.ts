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
  /** By method and path, the parameters of the path in braces. */
  readonly operations: Readonly<Record<string, (dialect: Dialect) => Operation>>
}

const EMULATOR = { name: 'Emulator', description: 'What a test does to the emulator.' }

/** Every operation, in the order in which the page shows them. */
const GROUPS: readonly OperationGroup[] = [
  {
    tag: { name: 'Xbox Live', description: 'The achievements service.' },
    security: [{ xbl: [] }],
    operations: {
      'GET /users/xuid({xuid})/achievements': xbox.listAchievements,
      'GET /users/xuid({xuid})/achievements/{scid}/{achievementid}': xbox.getAchievement,
      'POST /users/xuid({xuid})/achievements/{scid}/update': xbox.updateAchievements,
      'GET /users/xuid({xuid})/titleachievements': xbox.listTitleAchievements,
      'GET /users/xuid({xuid})/history/titles': xbox.listTitleHistory
    }
  },
  {
    tag: { name: 'IGDB', description: 'The same achievements as the catalogue of IGDB has them.' },
    security: [],
    option: 'igdb',
    operations: {
      'GET /achievements/': igdb.listRecords,
      'GET /achievements/{ids}': igdb.readRecords,
      'GET /achievements/count': igdb.countRecords,
      'GET /achievements/scroll/{cursor}': igdb.scrollRecords
    }
  },
  {
    tag: { name: 'Sign-in', description: 'What login.live.com, user.auth.xboxlive.com and xsts.auth.xboxlive.com do.' },
    security: [],
    option: 'signIn',
    operations: {
      'GET /oauth20_authorize.srf': signIn.authorize,
      'POST /oauth20_token.srf': signIn.exchangeCode,
      'POST /user/authenticate': signIn.authenticateUser,
      'POST /xsts/authorize': signIn.authorizeXsts
    }
  },
  {
    tag: EMULATOR,
    security: [],
    operations: {
      'GET /pictures/{guid}/{file}': emulator.showPicture,
      'GET /_emulator/health': emulator.health,
      'GET /_emulator/ready': emulator.ready,
      'GET /_emulator/openapi.json': emulator.showDocument,
      'GET /_emulator/docs': emulator.showPage
    }
  },
  {
    tag: EMULATOR,
    security: [{ controlKey: [] }, {}],
    operations: {
      'POST /_emulator/reset': world.reset,
      'GET /_emulator/world': world.exportWorld,
      'PUT /_emulator/world': world.replaceWorld,
      'PATCH /_emulator/world': world.mergeWorld,
      'POST /_emulator/sessions': sessions.createSession,
      'DELETE /_emulator/sessions/{userHash}/{token}': sessions.deleteSession,
      'PUT /_emulator/users/{xuid}': users.putUser,
      'DELETE /_emulator/users/{xuid}': users.deleteUser,
      'PUT /_emulator/users/{xuid}/privacy': users.setPrivacy,
      'PUT /_emulator/users/{xuid}/friends/{friend}': users.addFriend,
      'DELETE /_emulator/users/{xuid}/friends/{friend}': users.removeFriend,
      'PUT /_emulator/users/{xuid}/achievements/{scid}/{id}': users.setProgress,
      'GET /_emulator/clock': clock.readClock,
      'PUT /_emulator/clock': clock.setClock,
      'DELETE /_emulator/clock': clock.resetClock,
      'POST /_emulator/faults': faults.addFault,
      'GET /_emulator/faults': faults.listFaults,
      'DELETE /_emulator/faults': faults.clearFaults,
      'DELETE /_emulator/faults/{id}': faults.deleteFault,
      'GET /_emulator/requests': journal.listRequests,
      'GET /_emulator/requests/unmatched': journal.listUnmatched,
      'DELETE /_emulator/requests': journal.clearRequests
    }
  }
]

/** An operation with its route, under its heading. */
export interface ListedOperation extends Operation, Pick<OperationGroup, 'tag' | 'security'> {
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
}

/** The operations that an emulator with these options serves. */
export function listOperations (config: Pick<Config, 'dialect' | 'igdb' | 'signIn'>): ListedOperation[] {
  return GROUPS
    .filter(({ option }) => option === undefined || config[option])
    .flatMap(({ tag, security, operations }) => Object.entries(operations).map(([route, createOperation]) => {
      const [method = '', path = ''] = route.split(' ')
      return { ...createOperation(config.dialect), method, path, tag, security }
    }))
}
