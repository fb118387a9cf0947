import { GAMER } from '../helper.ts'
import { SCID } from './control-requests.ts'

/** Requests of the hosts around the achievements, as the gamer: route, path, body, contract version, status. */
export const NEIGHBOUR_REQUESTS: ReadonlyArray<[route: string, path: string, body: object | undefined, version: string, status: number]> = [
  ['POST /batch', '/batch', { xuids: [GAMER], stats: [] }, '2', 200],
  ['POST /batch', '/batch', { requestedusers: [GAMER], requestedscids: [] }, '1', 200],
  ['POST /batch', '/batch', { xuids: [GAMER], stats: [] }, '4', 406],
  ['GET /users/{user}/scids/{scid}/stats/{names}', `/users/gt(nobody)/scids/${SCID}/stats/a`, undefined, '2', 404],
  ['GET /users/{user}/scids/{scid}/stats/{names}', `/users/me/scids/${SCID}/stats/a`, undefined, '4', 406],
  ['GET /users/{user}/permission/validate', '/users/me/permission/validate?setting=ShareItem&target=xuid(9)', undefined, '1', 404],
  ['POST /users/{user}/permission/validate', '/users/me/permission/validate', { users: [{ xuid: GAMER }], permissions: ['ShareItem'] }, '1', 200],
  ['POST /users/{user}/permission/validate', '/users/gt(nobody)/permission/validate', {}, '1', 404]
]
