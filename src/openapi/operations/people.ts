import { Type } from '@sinclair/typebox'
import type { Dialect } from '../../model/dialect.ts'
import { PeopleAnswer } from '../../neighbours/person-schemas.ts'
import { PeopleBatchBody } from '../../neighbours/people.ts'
import { SocialPeople, SocialSummary } from '../../neighbours/social-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import { AS_GAMER, FRIEND, STRANGER } from '../examples.ts'
import type { Exchange } from '../exchange.ts'
import type { Operation, OperationsByRoute } from '../operation.ts'
import { pathUserParameter } from '../parameters.ts'
import { neighbourRefusals } from '../refusals.ts'
import { DETAILED_PERSON, HIDDEN_PERSON } from './people-examples.ts'

const peopleGroup = string('social (whom the user has added), friends (of whom each has added the other), followers, xuids(…), search, recommendations, or what is always empty: recentPlayers, friendRequests(sent), friendRequests(received).')
const personDecorations = string('What to tell of each, comma-delimited, in any letter case: detail, preferredColor, presenceDetail, multiplayerSummary, titlehistory(N), titlepresence(N) and others.')
const SEARCH_PARAMETERS = {
  q: string('For search: how the gamertag begins.'),
  maxItems: Type.Integer({ minimum: 1, maximum: 4294967295, description: 'For search: how many at most; 100 when absent, and at most.' })
}
const PEOPLE_HEADERS = { 'x-xbl-contract-version': Type.Integer({ minimum: 0, maximum: 4294967295, description: '3, 5 or 7: the form of a person. Others have the form of the one below. When absent: 3.' }) }

const peopleByGamer = { authorization: AS_GAMER, status: 200 } as const
const asStranger = { ...peopleByGamer, headers: { 'x-xbl-contract-version': '7' } } as const

const listsPeople = (id: string, params: Operation['params'], exchange: Pick<Exchange, 'params' | 'answer'>) => (dialect: Dialect): Operation => ({
  id,
  summary: 'Lists people',
  description: 'peoplehub.xboxlive.com. Names and pictures are for everybody; gamerscore, presence, bio, location and the counts only for who may see the title history of the person. Lists of a user who hides them are empty.',
  params: { user: pathUserParameter, ...params },
  query: SEARCH_PARAMETERS,
  headers: PEOPLE_HEADERS,
  answers: { 200: { description: 'The people.', body: PeopleAnswer }, ...neighbourRefusals(dialect, 404) },
  exchanges: { stranger: { ...asStranger, summary: 'Somebody who hides', ...exchange } }
})

const showsPeople = (id: string, params: Operation['params'], exchange: Pick<Exchange, 'params' | 'answer'>) => (dialect: Dialect): Operation => ({
  id,
  summary: 'Shows the people that the body names',
  description: 'peoplehub.xboxlive.com.',
  params: { user: pathUserParameter, ...params },
  headers: PEOPLE_HEADERS,
  body: PeopleBatchBody,
  answers: { 200: { description: 'In the order of the body; XUIDs of nobody are left out.', body: PeopleAnswer }, ...neighbourRefusals(dialect, 404, 413) },
  exchanges: { stranger: { ...asStranger, summary: 'Somebody who hides', body: { xuids: [STRANGER] }, ...exchange } }
})

const ADDED_FRIEND = { people: [{ xuid: FRIEND, isFavorite: true, isFollowingCaller: true }], totalCount: 1 }
const SOCIAL_HEADERS = { 'x-xbl-contract-version': Type.Integer({ minimum: 0, maximum: 4294967295, description: 'From 3 on each person has isFriend. When absent: 1.' }) }

/** The operations of peoplehub.xboxlive.com and social.xboxlive.com. */
export const PEOPLE_OPERATIONS: OperationsByRoute = {
  'GET /users/{user}/people/{group}': listsPeople('listPeople', { group: peopleGroup }, { params: { user: 'me', group: `xuids(${STRANGER})` }, answer: HIDDEN_PERSON }),
  'GET /users/{user}/people/{group}/decoration/{decorations}': listsPeople('listDecoratedPeople', { group: peopleGroup, decorations: personDecorations }, {
    params: { user: 'me', group: `xuids(${STRANGER})`, decorations: 'detail' }, answer: DETAILED_PERSON
  }),
  'POST /users/{user}/people/batch': showsPeople('getPeople', {}, { params: { user: 'me' }, answer: HIDDEN_PERSON }),
  'POST /users/{user}/people/batch/decoration/{decorations}': showsPeople('getDecoratedPeople', { decorations: personDecorations }, { params: { user: 'me', decorations: 'detail' }, answer: DETAILED_PERSON }),
  'GET /users/{user}/people': (dialect) => ({
    id: 'listAddedPeople',
    summary: 'Lists whom a user has added',
    description: 'social.xboxlive.com.',
    params: { user: pathUserParameter },
    query: {
      view: string('All, the default, Favorite, Friends or LegacyXboxLiveFriends. Of another user always all.'),
      startIndex: Type.Integer({ minimum: 0, maximum: 4294967295, description: 'How many to pass over.' }),
      maxItems: Type.Integer({ minimum: 0, maximum: 4294967295, description: 'How many at most; 1000 when absent, and at most.' })
    },
    headers: SOCIAL_HEADERS,
    answers: { 200: { description: 'The people; none when the caller may not see them.', body: SocialPeople }, ...neighbourRefusals(dialect, 404) },
    exchanges: { gamer: { ...peopleByGamer, summary: 'The gamer\'s', params: { user: 'me' }, answer: ADDED_FRIEND } }
  }),
  'POST /users/{user}/people/xuids': (dialect) => ({
    id: 'findAddedPeople',
    summary: 'Lists whom a user has added, of those that the body names',
    description: 'social.xboxlive.com.',
    params: { user: pathUserParameter },
    headers: SOCIAL_HEADERS,
    body: PeopleBatchBody,
    answers: { 200: { description: 'The people; none when the caller may not see them.', body: SocialPeople }, ...neighbourRefusals(dialect, 404, 413) },
    exchanges: { gamer: { ...peopleByGamer, summary: 'The gamer\'s', params: { user: 'me' }, body: { xuids: [FRIEND] }, answer: ADDED_FRIEND } }
  }),
  'GET /users/{user}/summary': (dialect) => ({
    id: 'getSocialSummary',
    summary: 'Counts whom a user has added, and who has added the user',
    description: 'social.xboxlive.com.',
    params: { user: pathUserParameter },
    answers: { 200: { description: 'The numbers, 0 when the caller may not see them, and what the two are to each other.', body: SocialSummary }, ...neighbourRefusals(dialect, 404) },
    exchanges: {
      friend: {
        ...peopleByGamer,
        summary: 'The friend, for the gamer',
        params: { user: `xuid(${FRIEND})` },
        answer: {
          targetFollowingCount: 1,
          targetFollowerCount: 1,
          isCallerFollowingTarget: true,
          isTargetFollowingCaller: true,
          hasCallerMarkedTargetAsFavorite: true,
          hasCallerMarkedTargetAsIdentityShared: true,
          hasCallerMarkedTargetAsKnown: true,
          legacyFriendStatus: 'None'
        }
      }
    }
  })
}
