import { FriendList, UserList } from '../../control/answer-schemas.ts'
import { FriendBody, PresenceBody, PrivacyBody, UserBody } from '../../control/body-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { WorldUser } from '../../world/schema.ts'
import { FRIEND, GAMER, NEWCOMER, refusalByStatus, RETIRED_SCID, STRANGER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter, namedUserParameter, scidParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const friend = { ...namedUserParameter, description: 'The friend: a XUID, or a gamertag.' }
const gamer = { xuid: GAMER }
const friendEntry = { xuid: FRIEND, gamertag: 'friend', privacy: 'everyone', gamerscore: 155, possibleGamerscore: 2000, titlesPlayed: 2, friendCount: 1, signInError: null }

const STRANGER_PROFILE = {
  realName: '', bio: '', location: '', accountTier: 'Gold', tenureLevel: 0, xboxOneRep: 'NeedsWork', displayPic: null, preferredColor: null, watermarks: [], modernGamertag: null, modernGamertagSuffix: '', isQuarantined: true
}

/** The operations on users. */
export const USER_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/users': (dialect) => ({
    id: 'listUsers',
    summary: 'Lists the users',
    query: {
      gamertag: string('How the gamertag begins, in any letter case.'),
      search: string('How the gamertag or the XUID begins; in the place of `gamertag`.'),
      limit: limitParameter,
      after: string('`next` of the page before.')
    },
    answers: { 200: { description: 'A page of them.', body: UserList }, ...controlRefusals(dialect) },
    exchanges: {
      friend: { summary: 'Whose gamertag or XUID begins so', query: { search: FRIEND }, status: 200, answer: { users: [friendEntry], next: null }, elsewhere: { query: { search: GAMER } } }
    }
  }),

  'GET /_emulator/users/{xuid}': (dialect) => ({
    id: 'getUser',
    summary: 'Shows a user with everything that the user has done',
    params: { xuid: namedUserParameter },
    query: { serviceConfigId: { ...scidParameter, description: 'Of the progress, only what is in this service configuration.' } },
    answers: { 200: { description: 'The user, as a world has it.', body: { ...WorldUser, title: 'WorldUser' } }, ...controlRefusals(dialect, 404) },
    exchanges: {
      stranger: {
        summary: 'The stranger, by gamertag, without progress elsewhere',
        params: { xuid: 'Stranger' },
        query: { serviceConfigId: RETIRED_SCID },
        status: 200,
        answer: {
          xuid: STRANGER,
          gamertag: 'stranger',
          privacy: 'blocked',
          friends: [],
          favorites: [],
          profile: STRANGER_PROFILE,
          presence: { state: 'Offline', deviceType: 'iOS', titles: [{ titleId: 1500000004, name: null, state: 'Active', placement: 'Full', richPresence: null }], timestamp: '2018-02-11T17:05:20.8800000Z' },
          signInError: null,
          titles: [{ titleId: 1297290392, sandbox: null, lastPlayed: '2011-10-30T18:22:54.1270000Z', sequence: null, minutesPlayed: 48, stats: [] }],
          achievements: []
        }
      }
    }
  }),

  'GET /_emulator/users/{xuid}/friends': (dialect) => ({
    id: 'listFriends',
    summary: 'Lists whom a user has added',
    params: { xuid: namedUserParameter },
    answers: { 200: { description: 'All of them.', body: FriendList }, ...controlRefusals(dialect, 404) },
    exchanges: { gamer: { summary: 'The gamer\'s', params: gamer, status: 200, answer: { friends: [{ ...friendEntry, isFavorite: true }] } } }
  }),

  'PUT /_emulator/users/{xuid}': (dialect) => ({
    id: 'putUser',
    summary: 'Makes or changes a user',
    description: 'A new one by XUID.',
    params: { xuid: namedUserParameter },
    body: UserBody,
    answers: { 201: { description: 'The user is new.' }, 204: { description: 'The user is changed.' }, ...changeRefusals(dialect, 404) },
    exchanges: {
      fresh: { summary: 'A new one', params: { xuid: NEWCOMER }, body: { gamertag: 'newcomer' }, status: 201 },
      known: { summary: 'Another gamertag', params: gamer, body: { gamertag: 'player' }, status: 204 }
    }
  }),

  'DELETE /_emulator/users/{xuid}': (dialect) => ({
    id: 'deleteUser',
    summary: 'Deletes a user',
    description: 'With progress, friendships and sessions. `POST /_emulator/users/{xuid}/restore` brings all of it back.',
    params: { xuid: namedUserParameter },
    answers: { 204: { description: 'The user is gone.' }, ...changeRefusals(dialect, 404) },
    exchanges: {
      friend: { summary: 'The friend', params: { xuid: FRIEND }, status: 204 },
      unknown: { summary: 'Nobody', params: { xuid: '1' }, status: 404, answer: refusalByStatus(dialect, 404, 'There is no user 1.') }
    }
  }),

  'POST /_emulator/users/{xuid}/restore': (dialect) => ({
    id: 'restoreUser',
    summary: 'Brings a deleted user back',
    description: 'With everything that was deleted, to the same place. The last 1000 who were deleted are kept, until the world is reset, replaced or merged with another. Of several who are friends, the one who was deleted last comes first.',
    params: { xuid: { ...namedUserParameter, description: 'A XUID, or the gamertag that the user had.' } },
    answers: { 204: { description: 'The user is there.' }, ...changeRefusals(dialect, 404) },
    exchanges: {
      unknown: { summary: 'Nobody', params: { xuid: '1' }, status: 404, answer: refusalByStatus(dialect, 404, 'No user 1 was deleted, or too long ago.') }
    }
  }),

  'PUT /_emulator/users/{xuid}/privacy': (dialect) => ({
    id: 'setPrivacy',
    summary: 'Sets who may see a user\'s achievements',
    params: { xuid: namedUserParameter },
    body: PrivacyBody,
    answers: { 204: { description: 'It is set.' }, ...changeRefusals(dialect, 404) },
    exchanges: { blocked: { summary: 'Nobody', params: gamer, body: { privacy: 'blocked' }, status: 204 } }
  }),

  'PUT /_emulator/users/{xuid}/presence': (dialect) => ({
    id: 'setPresence',
    summary: 'Sets where a user is',
    description: 'Without a timestamp, since now. A title that the world does not have needs a name.',
    params: { xuid: namedUserParameter },
    body: PresenceBody,
    answers: { 204: { description: 'It is set.' }, ...changeRefusals(dialect, 404) },
    exchanges: { online: { summary: 'The gamer plays', params: gamer, body: { titles: [{ titleId: 3051199919, richPresence: 'In the menu' }] }, status: 204 } }
  }),

  'DELETE /_emulator/users/{xuid}/presence': (dialect) => ({
    id: 'deletePresence',
    summary: 'Lets a user be offline',
    description: 'Nobody knows since when.',
    params: { xuid: namedUserParameter },
    answers: { 204: { description: 'The user is offline.' }, ...changeRefusals(dialect, 404) },
    exchanges: { gamer: { summary: 'The gamer', params: gamer, status: 204 } }
  }),

  'PUT /_emulator/users/{xuid}/friends/{friend}': (dialect) => ({
    id: 'addFriend',
    summary: 'Lets a user add a friend',
    description: 'Whom a user has added may see what the user shows to friends.',
    params: { xuid: namedUserParameter, friend },
    body: FriendBody,
    answers: { 204: { description: 'The friend is added.' }, ...changeRefusals(dialect, 404) },
    exchanges: { stranger: { summary: 'The gamer adds the stranger, as a favourite', params: { ...gamer, friend: STRANGER }, body: { isFavorite: true }, status: 204 } }
  }),

  'DELETE /_emulator/users/{xuid}/friends/{friend}': (dialect) => ({
    id: 'removeFriend',
    summary: 'Lets a user remove a friend',
    params: { xuid: namedUserParameter, friend },
    answers: { 204: { description: 'The friend is removed.' }, ...changeRefusals(dialect, 404) },
    exchanges: { friend: { summary: 'The gamer removes the friend', params: { ...gamer, friend: FRIEND }, status: 204 } }
  })
}
