import { GAMER, SAMPLE_SCID, SAMPLE_TITLE } from '../helper.ts'
import { SCID } from './control-requests.ts'

/** Requests of the hosts around the achievements, as the gamer: route, path, body, contract version, status. */
export const NEIGHBOUR_REQUESTS: ReadonlyArray<[route: string, path: string, body: object | undefined, version: string, status: number]> = [
  ['POST /submitJob', '/submitJob', { userid: GAMER, scid: SAMPLE_SCID }, '100', 200],
  ['GET /jobs/{jobId}', '/jobs/1', undefined, '100', 404],
  ['GET /users/{user}/titles/{moniker}/decoration/{decorations}', '/users/gt(nobody)/titles/titlehistory/decoration/scid', undefined, '2', 404],
  ['POST /users/{user}/titles/batch/decoration/{decorations}', '/users/me/titles/batch/decoration/scid', { titleids: [SAMPLE_TITLE] }, '2', 200],
  ['POST /users/{user}/titles/batch/decoration/{decorations}', '/users/me/titles/batch/decoration/scid', { pfns: ['x'] }, '2', 404],
  ['GET /titles/{moniker}/decoration/{decorations}', `/titles/titleid(${SAMPLE_TITLE})/decoration/scid`, undefined, '2', 200],
  ['GET /titles/{moniker}/decoration/{decorations}', '/titles/pfn(x)/decoration/scid', undefined, '2', 404],
  ['POST /titles/batch/decoration/{decorations}', '/titles/batch/decoration/scid', { titleids: [SAMPLE_TITLE] }, '2', 200],
  ['POST /titles/batch/decoration/{decorations}', '/titles/batch/decoration/scid', { pfns: ['x'] }, '2', 404],
  ['POST /batch', '/batch', { xuids: [GAMER], stats: [] }, '2', 200],
  ['POST /batch', '/batch', { requestedusers: [GAMER], requestedscids: [] }, '1', 200],
  ['POST /batch', '/batch', { xuids: [GAMER], stats: [] }, '4', 406],
  ['GET /users/{user}/scids/{scid}/stats/{names}', `/users/gt(nobody)/scids/${SCID}/stats/a`, undefined, '2', 404],
  ['GET /users/{user}/scids/{scid}/stats/{names}', `/users/me/scids/${SCID}/stats/a`, undefined, '4', 406],
  ['GET /users/{user}/permission/validate', '/users/me/permission/validate?setting=ShareItem&target=xuid(9)', undefined, '1', 404],
  ['POST /users/{user}/permission/validate', '/users/me/permission/validate', { users: [{ xuid: GAMER }], permissions: ['ShareItem'] }, '1', 200],
  ['POST /users/{user}/permission/validate', '/users/gt(nobody)/permission/validate', {}, '1', 404]
]
