import { PermissionBatch, PermissionBatchBody, PermissionCheck, PERMISSIONS } from '../../neighbours/privacy-permissions.ts'
import { literals, string } from '../../http/answer-schema.ts'
import * as demo from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { pathUserParameter } from '../parameters.ts'
import { neighbourRefusals } from '../refusals.ts'

const ONE_SETTING = 'A world has one setting for all that a user shares, so each permission is decided as who may read its title history is.'
const notAllowed = { isAllowed: false, reasons: [{ reason: 'NotAllowed' }] }

/** The operations of privacy.xboxlive.com. */
export const PRIVACY_OPERATIONS: OperationsByRoute = {
  'GET /users/{user}/permission/validate': (dialect) => ({
    id: 'checkPermission',
    summary: 'Says whether a user may do something with another',
    description: `privacy.xboxlive.com. The user in the path has to be that of the token. ${ONE_SETTING}`,
    params: { user: pathUserParameter },
    query: { setting: literals(PERMISSIONS, 'What is to be done.'), target: string('With whom: `xuid(…)`; or a user of another network, with whom everything is allowed: allUsers, crossNetworkUser, crossNetworkFriend.') },
    answers: { 200: { description: 'Whether it is allowed.', body: PermissionCheck }, ...neighbourRefusals(dialect, 404) },
    exchanges: {
      allowed: {
        summary: 'A user whom everybody may look at',
        params: { user: 'me' },
        query: { setting: 'ViewTargetGameHistory', target: `xuid(${demo.GAMER})` },
        authorization: demo.AS_GAMER,
        status: 200,
        answer: { isAllowed: true }
      },
      forbidden: {
        summary: 'One who lets nobody look',
        params: { user: `xuid(${demo.GAMER})` },
        query: { setting: 'ViewTargetGameHistory', target: `xuid(${demo.STRANGER})` },
        authorization: demo.AS_GAMER,
        status: 200,
        answer: notAllowed
      }
    }
  }),

  'POST /users/{user}/permission/validate': (dialect) => ({
    id: 'checkPermissions',
    summary: 'Says what a user may do with others',
    description: `privacy.xboxlive.com. As the \`GET\`, with several users and permissions. A user who does not exist is answered like one who lets nobody look. ${ONE_SETTING}`,
    params: { user: pathUserParameter },
    body: PermissionBatchBody,
    answers: { 200: { description: 'Whether it is allowed, for each user and permission.', body: PermissionBatch }, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: {
      several: {
        summary: 'Two users and a permission',
        params: { user: `xuid(${demo.GAMER})` },
        authorization: demo.AS_GAMER,
        body: { users: [{ xuid: demo.GAMER }, { xuid: demo.STRANGER }], permissions: ['ViewTargetGameHistory'] },
        status: 200,
        answer: {
          responses: [
            { user: { xuid: demo.GAMER }, permissions: [{ isAllowed: true }] },
            { user: { xuid: demo.STRANGER }, permissions: [notAllowed] }
          ]
        }
      }
    }
  })
}
