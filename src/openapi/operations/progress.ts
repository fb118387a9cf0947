import { Type } from '@sinclair/typebox'
import { ProgressBeforeSchema, ProgressChangesBody, UserAchievementList, UserTitleList, UserTitleSchema, UserUnlockList } from '../../control/progress-schemas.ts'
import { literals, string, titleId } from '../../http/answer-schema.ts'
import { ACHIEVEMENT_ORDERS } from '../../model/list.ts'
import { ACHIEVEMENT_STATES } from '../../model/user-titles.ts'
import { GAMER, refusalByStatus, SCID, STRANGER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter, namedUserParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const oneSandbox = string('A sandbox; RETAIL when absent.')
const afterPlace = string('`next` of the page before.')
const NO_TITLE = { unknown: { summary: 'None', params: { xuid: GAMER, titleId: '1' }, status: 404 } }

/** The operations on the titles and achievements of a user. */
export const PROGRESS_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/users/{xuid}/titles': (dialect) => ({
    id: 'listUserTitles',
    summary: 'Lists the titles with what a user has done in them',
    params: { xuid: namedUserParameter },
    query: { sandbox: oneSandbox, search: string('What is part of the name, or is the title id.'), limit: limitParameter, after: string('`next` of the page before: a title id.') },
    answers: { 200: { description: 'A page of them.', body: UserTitleList }, ...controlRefusals(dialect, 404) },
    exchanges: { none: { summary: 'Those whose names have such a part', params: { xuid: GAMER }, query: { search: 'no such name' }, status: 200, answer: { titles: [], next: null } } }
  }),

  'GET /_emulator/users/{xuid}/titles/{titleId}': (dialect) => ({
    id: 'getUserTitle',
    summary: 'Shows what a user has done in a title',
    params: { xuid: namedUserParameter, titleId },
    query: { sandbox: oneSandbox },
    answers: { 200: { description: 'The title, and how much is done.', body: UserTitleSchema }, ...controlRefusals(dialect, 404) },
    exchanges: { unknown: { ...NO_TITLE.unknown, answer: refusalByStatus(dialect, 404, 'There is no title 1.') } }
  }),

  'GET /_emulator/users/{xuid}/titles/{titleId}/achievements': (dialect) => ({
    id: 'listUserAchievements',
    summary: 'Lists the achievements of a title with what a user has done',
    description: 'Those that a client in the sandbox is told, in the order and the locale of the service, of either generation.',
    params: { xuid: namedUserParameter, titleId },
    query: {
      sandbox: oneSandbox,
      locale: string('Language ranges as Accept-Language has them, e.g. `de-DE`; the default locale when absent.'),
      state: literals(ACHIEVEMENT_STATES, 'Which of them; locked: all that are not unlocked, begun or not. All when absent.'),
      orderBy: literals(ACHIEVEMENT_ORDERS, 'As in the lists of the service. Unordered when absent.'),
      search: string('What is part of a name or a description in any locale, with the letters A to Z in either case, or is the id.'),
      rarity: Type.Boolean({ description: 'True: each comes with its rarity, which is counted among all users.' }),
      limit: limitParameter,
      after: afterPlace
    },
    answers: { 200: { description: 'A page of them.', body: UserAchievementList }, ...controlRefusals(dialect, 404) },
    exchanges: { unknown: { ...NO_TITLE.unknown, answer: refusalByStatus(dialect, 404, 'There is no title 1.') } }
  }),

  'GET /_emulator/users/{xuid}/unlocks': (dialect) => ({
    id: 'listUserUnlocks',
    summary: 'Lists what a user has unlocked, the newest first',
    params: { xuid: namedUserParameter },
    query: { sandbox: oneSandbox, titleId: { ...titleId, description: 'Only those of the service configuration of this title.' }, limit: limitParameter, after: afterPlace },
    answers: { 200: { description: 'A page of them.', body: UserUnlockList }, ...controlRefusals(dialect, 404) },
    exchanges: { none: { summary: 'In a sandbox in which nothing was done', params: { xuid: GAMER }, query: { sandbox: 'XDKS.1' }, status: 200, answer: { unlocks: [], next: null } } }
  }),

  'PATCH /_emulator/users/{xuid}/achievements': (dialect) => ({
    id: 'changeProgress',
    summary: 'Changes what a user has done, on several achievements at once',
    description: 'All of it, or nothing. What is not named stays. The answer is what was there before: sent as the body of the same request, it restores that exactly.',
    params: { xuid: namedUserParameter },
    body: ProgressChangesBody,
    answers: { 200: { description: 'It is changed; this was there before.', body: ProgressBeforeSchema }, ...changeRefusals(dialect, 404) },
    exchanges: {
      unlock: {
        summary: 'Unlocks two for the stranger',
        params: { xuid: STRANGER },
        body: { achievements: [{ serviceConfigId: SCID, id: 47, percentComplete: 100 }, { serviceConfigId: SCID, id: 48, sandbox: 'RETAIL', percentComplete: 100 }] },
        status: 200,
        answer: {
          achievements: [47, 48].map((id) => ({ serviceConfigId: SCID, id, sandbox: 'RETAIL', percentComplete: 0, timeUnlocked: null, isRevoked: false, requirements: [], unlockNumber: null })),
          titles: []
        }
      }
    }
  })
}
