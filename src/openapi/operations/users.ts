import { SetProgress } from '../../control/answer-schemas.ts'
import { PrivacyBody, ProgressBody, UserBody } from '../../control/body-schemas.ts'
import { GAMER, refusalByStatus, SCID, STRANGER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { achievementIdParameter, scidParameter, xuidParameter } from '../parameters.ts'
import { changeRefusals } from '../refusals.ts'

const FRIEND = '2533274790412953'
const friend = { ...xuidParameter, description: 'The XUID of the friend.' }
const gamer = { xuid: GAMER }

/** The operations on users. */
export const USER_OPERATIONS: OperationsByRoute = {
  'PUT /_emulator/users/{xuid}': (dialect) => ({
    id: 'putUser',
    summary: 'Makes or changes a user',
    params: { xuid: xuidParameter },
    body: UserBody,
    answers: { 201: { description: 'The user is new.' }, 204: { description: 'The user is changed.' }, ...changeRefusals(dialect) },
    exchanges: {
      fresh: { summary: 'A new one', params: { xuid: '2533274790412999' }, body: { gamertag: 'newcomer' }, status: 201 },
      known: { summary: 'Another gamertag', params: gamer, body: { gamertag: 'player' }, status: 204 }
    }
  }),

  'DELETE /_emulator/users/{xuid}': (dialect) => ({
    id: 'deleteUser',
    summary: 'Deletes a user',
    description: 'With progress, friendships and sessions.',
    params: { xuid: xuidParameter },
    answers: { 204: { description: 'The user is gone.' }, ...changeRefusals(dialect, 404) },
    exchanges: {
      friend: { summary: 'The friend', params: { xuid: FRIEND }, status: 204 },
      unknown: { summary: 'Nobody', params: { xuid: '1' }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no user 1.') }
    }
  }),

  'PUT /_emulator/users/{xuid}/privacy': (dialect) => ({
    id: 'setPrivacy',
    summary: 'Sets who may see a user\'s achievements',
    params: { xuid: xuidParameter },
    body: PrivacyBody,
    answers: { 204: { description: 'It is set.' }, ...changeRefusals(dialect, 404) },
    exchanges: { blocked: { summary: 'Nobody', params: gamer, body: { privacy: 'blocked' }, status: 204 } }
  }),

  'PUT /_emulator/users/{xuid}/friends/{friend}': (dialect) => ({
    id: 'addFriend',
    summary: 'Lets a user add a friend',
    description: 'Whom a user has added may see what the user shows to friends.',
    params: { xuid: xuidParameter, friend },
    answers: { 204: { description: 'The friend is added.' }, ...changeRefusals(dialect, 404) },
    exchanges: { stranger: { summary: 'The gamer adds the stranger', params: { ...gamer, friend: STRANGER }, status: 204 } }
  }),

  'DELETE /_emulator/users/{xuid}/friends/{friend}': (dialect) => ({
    id: 'removeFriend',
    summary: 'Lets a user remove a friend',
    params: { xuid: xuidParameter, friend },
    answers: { 204: { description: 'The friend is removed.' }, ...changeRefusals(dialect, 404) },
    exchanges: { friend: { summary: 'The gamer removes the friend', params: { ...gamer, friend: FRIEND }, status: 204 } }
  }),

  'PUT /_emulator/users/{xuid}/achievements/{scid}/{id}': (dialect) => ({
    id: 'setProgress',
    summary: 'Sets what a user has done',
    description: 'Unlocks an achievement, locks it again, or anything between, whatever it was before; in one sandbox, or in every one in which a title of the service configuration is published.',
    params: { xuid: xuidParameter, scid: scidParameter, id: achievementIdParameter },
    body: ProgressBody,
    answers: { 200: { description: 'It is set.', body: SetProgress }, ...changeRefusals(dialect, 404) },
    exchanges: {
      unlock: {
        summary: 'Unlocks one',
        params: { ...gamer, scid: SCID, id: '9' },
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
  })
}
