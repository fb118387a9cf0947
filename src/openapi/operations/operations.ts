import type { FastifySchema } from 'fastify'
import type { Dialect } from '../../model/dialect.ts'
import * as igdb from './igdb.ts'
import * as signIn from './sign-in.ts'
import * as test from './tests.ts'
import * as user from './users.ts'
import * as world from './world.ts'
import * as xbox from './xbox.ts'

/** Every route, as the document has it. */
const OPERATIONS: Readonly<Record<string, (dialect: Dialect) => FastifySchema>> = {
  'GET /users/xuid({xuid})/achievements': xbox.listAchievements,
  'GET /users/xuid({xuid})/achievements/{scid}/{achievementid}': xbox.getAchievement,
  'POST /users/xuid({xuid})/achievements/{scid}/update': xbox.updateAchievements,
  'GET /users/xuid({xuid})/titleachievements': xbox.listTitleAchievements,
  'GET /users/xuid({xuid})/history/titles': xbox.listTitleHistory,

  'GET /achievements/': igdb.listRecords,
  'GET /achievements/{ids}': igdb.readRecords,
  'GET /achievements/count': igdb.countRecords,
  'GET /achievements/scroll/{cursor}': igdb.scrollRecords,
  'GET /oauth20_authorize.srf': signIn.authorize,
  'POST /oauth20_token.srf': signIn.exchangeCode,
  'POST /user/authenticate': signIn.authenticateUser,
  'POST /xsts/authorize': signIn.authorizeXsts,

  'GET /pictures/{guid}/{file}': world.showPicture,
  'GET /_emulator/health': world.health,
  'GET /_emulator/ready': world.ready,
  'GET /_emulator/openapi.json': world.showDocument,
  'GET /_emulator/docs': world.showPage,

  'POST /_emulator/reset': world.reset,
  'GET /_emulator/world': world.exportWorld,
  'PUT /_emulator/world': world.replaceWorld,
  'PATCH /_emulator/world': world.mergeWorld,
  'POST /_emulator/sessions': world.createSession,
  'DELETE /_emulator/sessions/{userHash}/{token}': world.deleteSession,

  'PUT /_emulator/users/{xuid}': user.putUser,
  'DELETE /_emulator/users/{xuid}': user.deleteUser,
  'PUT /_emulator/users/{xuid}/privacy': user.setPrivacy,
  'PUT /_emulator/users/{xuid}/friends/{friend}': user.addFriend,
  'DELETE /_emulator/users/{xuid}/friends/{friend}': user.removeFriend,
  'PUT /_emulator/users/{xuid}/achievements/{scid}/{id}': user.setProgress,

  'GET /_emulator/clock': test.readClock,
  'PUT /_emulator/clock': test.setClock,
  'DELETE /_emulator/clock': test.resetClock,
  'POST /_emulator/faults': test.addFault,
  'GET /_emulator/faults': test.listFaults,
  'DELETE /_emulator/faults': test.clearFaults,
  'DELETE /_emulator/faults/{id}': test.deleteFault,
  'GET /_emulator/requests': test.listRequests,
  'GET /_emulator/requests/unmatched': test.listUnmatched,
  'DELETE /_emulator/requests': test.clearRequests
}

/** A route as the document has it. */
export interface DescribedRoute {
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
  readonly schema: FastifySchema
}

/** Every route, with the answers of a dialect. */
export function describeRoutes (dialect: Dialect): DescribedRoute[] {
  return Object.entries(OPERATIONS).map(([route, describe]) => {
    const [method = '', path = ''] = route.split(' ')
    return { method, path, schema: describe(dialect) }
  })
}
