import { Type } from '@sinclair/typebox'
import { SetProgress } from '../../control/answer-schemas.ts'
import { ProgressBody } from '../../control/body-schemas.ts'
import { ProgressBeforeSchema, ProgressChangesBody, UserAchievementList, UserTitleList, UserTitleSchema, UserUnlockList } from '../../control/progress-schemas.ts'
import { literals, string, titleId } from '../../http/answer-schema.ts'
import { ACHIEVEMENT_ORDERS } from '../../model/list.ts'
import { ACHIEVEMENT_STATES } from '../../model/user-titles.ts'
import { GAMER, refusalByStatus, SCID, STRANGER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { achievementIdParameter, limitParameter, namedUserParameter, sandboxParameter, scidParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const oneSandbox = string('A sandbox; RETAIL when absent.')
const afterPlace = string('`next` of the page before.')
const gamerInPath = { xuid: GAMER }
const NO_TITLE = { unknown: { summary: 'None', params: { ...gamerInPath, titleId: '1' }, status: 404 } }

/** What says that the answer is what was there. */
const answerParameter = literals(['before'], '`before`: the answer is what was there.')
const beforeAnswer = { 200: { description: 'The same, with `answer=before`: this was there.', body: ProgressBeforeSchema } }

const RESET = 'progress, times of unlocks, gamerscore, and the titles that were played.'

/** The operations on the titles and achievements of a user. */
export const PROGRESS_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/users/{xuid}/titles': (dialect) => ({
    id: 'listUserTitles',
    summary: 'Lists the titles with what a user has done in them',
    params: { xuid: namedUserParameter },
    query: { sandbox: oneSandbox, search: string('What is part of the name, or is the title id.'), limit: limitParameter, after: string('`next` of the page before: a title id.') },
    answers: { 200: { description: 'A page of them.', body: UserTitleList }, ...controlRefusals(dialect, 404) },
    exchanges: { none: { summary: 'Those whose names have such a part', params: gamerInPath, query: { search: 'no such name' }, status: 200, answer: { titles: [], next: null } } }
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
    exchanges: { none: { summary: 'In a sandbox in which nothing was done', params: gamerInPath, query: { sandbox: 'XDKS.1' }, status: 200, answer: { unlocks: [], next: null } } }
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
        },
        elsewhere: { summary: 'Unlocks one for somebody', body: { achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100 }] } }
      }
    }
  }),

  'PUT /_emulator/users/{xuid}/achievements/{scid}/{id}': (dialect) => ({
    id: 'setProgress',
    summary: 'Sets what a user has done',
    description: 'Unlocks an achievement, locks it again, or anything between, whatever it was before; in one sandbox, or in every one in which a title of the service configuration is published.',
    params: { xuid: namedUserParameter, scid: scidParameter, id: achievementIdParameter },
    body: ProgressBody,
    answers: { 200: { description: 'It is set.', body: SetProgress }, ...changeRefusals(dialect, 404) },
    exchanges: {
      unlock: {
        summary: 'Unlocks one',
        params: { ...gamerInPath, scid: SCID, id: '9' },
        body: { timeUnlocked: '2020-01-01T00:00:00Z' },
        status: 200,
        answer: {
          serviceConfigId: SCID,
          id: 9,
          sandbox: null,
          percentComplete: 100,
          timeUnlocked: '2020-01-01T00:00:00.0000000Z',
          isRevoked: false,
          requirements: [{ id: '4148c5a3-6fb1-4570-97e9-10896a6a24f5', current: '12' }]
        }
      }
    }
  }),

  'DELETE /_emulator/users/{xuid}/achievements': (dialect) => ({
    id: 'resetPlayer',
    summary: 'Takes back everything that a user has done',
    description: `In every service configuration: ${RESET}`,
    params: { xuid: namedUserParameter },
    query: { sandbox: sandboxParameter, answer: answerParameter },
    answers: { ...beforeAnswer, 204: { description: 'The user has done nothing.' }, ...changeRefusals(dialect, 404) },
    exchanges: { gamer: { summary: 'The gamer\'s', params: { xuid: 'gamer' }, status: 204 } }
  }),

  'DELETE /_emulator/users/{xuid}/achievements/{scid}': (dialect) => ({
    id: 'resetPlayerIn',
    summary: 'Takes back what a user has done in a service configuration',
    description: `The player data reset: ${RESET}`,
    params: { xuid: namedUserParameter, scid: scidParameter },
    query: { sandbox: sandboxParameter, answer: answerParameter },
    answers: { ...beforeAnswer, 204: { description: 'The user has done nothing there.' }, ...changeRefusals(dialect, 404) },
    exchanges: { gamer: { summary: 'The gamer\'s, of the large title', params: { ...gamerInPath, scid: SCID }, status: 204 } }
  }),

  'DELETE /_emulator/users/{xuid}/achievements/{scid}/{id}': (dialect) => ({
    id: 'resetAchievement',
    summary: 'Takes back what a user has done towards an achievement',
    params: { xuid: namedUserParameter, scid: scidParameter, id: achievementIdParameter },
    query: { sandbox: sandboxParameter, answer: answerParameter },
    answers: { ...beforeAnswer, 204: { description: 'The user has not begun it.' }, ...changeRefusals(dialect, 404) },
    exchanges: { gamer: { summary: 'The gamer\'s first', params: { ...gamerInPath, scid: SCID, id: '1' }, status: 204 } }
  })
}
