import { Type } from '@sinclair/typebox'
import { PreferredColor } from '../../neighbours/colors.ts'
import { SETTING_NAMES } from '../../neighbours/profile-settings.ts'
import { ProfileBatchBody, ProfileUsers } from '../../neighbours/profile.ts'
import type { Dialect } from '../../model/dialect.ts'
import { string } from '../../http/answer-schema.ts'
import { AS_GAMER, GAMER, refusalByStatus } from '../examples.ts'
import type { Operation, OperationsByRoute } from '../operation.ts'
import { pathUserParameter } from '../parameters.ts'
import { neighbourRefusals, openRefusals } from '../refusals.ts'

const profileSettings = string(`Names of settings, comma-delimited, in any letter case: ${SETTING_NAMES.join(', ')}.`)
const showsProfiles = (dialect: Dialect, description: string) => ({ 200: { description, body: ProfileUsers }, ...neighbourRefusals(dialect, 404) })

const profileByGamer = { authorization: AS_GAMER, status: 200 } as const
const profileUser = (xuid: string, gamertag: string): object => ({ id: xuid, hostId: xuid, settings: [{ id: 'Gamertag', value: gamertag }], isSponsoredUser: false })

const profileOf = (id: string, summary: string) => (dialect: Dialect): Operation => ({
  id,
  summary,
  description: 'profile.xboxlive.com.',
  params: { user: pathUserParameter },
  query: { settings: profileSettings },
  answers: showsProfiles(dialect, 'The user. With no settings, only the XUID.'),
  exchanges: {
    gamer: { ...profileByGamer, summary: 'The gamertag of whose the token is', params: { user: 'me' }, query: { settings: 'Gamertag' }, answer: { profileUsers: [profileUser(GAMER, 'gamer')] } },
    nobody: { ...profileByGamer, summary: 'A gamertag of nobody', params: { user: 'gt(nobody)' }, status: 404, answer: refusalByStatus(dialect, 404, 'No user has the gamertag "nobody".') }
  }
})

/** The operations of profile.xboxlive.com. */
export const PROFILE_OPERATIONS: OperationsByRoute = {
  'POST /users/batch/profile/settings': (dialect) => ({
    id: 'getProfiles',
    summary: 'Shows settings of profiles',
    description: 'profile.xboxlive.com. Gamerscore, Bio, Location and RealName only to who may see the title history of the user; else 0 and empty.',
    body: ProfileBatchBody,
    answers: { 200: { description: 'The users.', body: ProfileUsers }, ...neighbourRefusals(dialect, 413) },
    exchanges: {
      gamer: {
        ...profileByGamer,
        summary: 'The gamertag of the gamer',
        body: { userids: [GAMER], settings: ['Gamertag'] },
        answer: { profileUsers: [profileUser(GAMER, 'gamer')] }
      }
    }
  }),
  'GET /users/{user}/profile/settings': profileOf('getProfile', 'Shows settings of a profile'),
  'GET /users/{user}/settings': profileOf('getProfileSettings', 'The same, as some clients ask'),
  'GET /users/{user}/profile/settings/people/people': (dialect) => ({
    id: 'getProfilesOfPeople',
    summary: 'Shows settings of the profiles of whom a user has added',
    description: 'profile.xboxlive.com.',
    params: { user: pathUserParameter },
    query: { settings: profileSettings },
    answers: showsProfiles(dialect, 'The people; none when the caller may not see them.'),
    exchanges: {
      gamer: { ...profileByGamer, summary: 'The gamer\'s', params: { user: 'me' }, query: { settings: 'Gamertag' }, answer: { profileUsers: [profileUser('2533274790412953', 'friend')] } }
    }
  })
}

/** The document that PreferredColor leads to. */
export const COLOR_OPERATIONS: OperationsByRoute = {
  'GET /colors/{file}': (dialect) => ({
    id: 'colors',
    summary: 'Shows the colours of a user',
    description: 'The path has all of them. Needs no token.',
    params: { file: Type.String({ pattern: '^[0-9a-f]{6}-[0-9a-f]{6}-[0-9a-f]{6}\\.json$', description: 'Three colours of six hexadecimal digits.' }) },
    answers: { 200: { description: 'The colours.', body: PreferredColor }, ...openRefusals(dialect, 400) },
    exchanges: {
      green: {
        summary: 'Greens',
        params: { file: '107c10-102b14-155715.json' },
        status: 200,
        answer: { primaryColor: '107c10', secondaryColor: '102b14', tertiaryColor: '155715' }
      }
    }
  })
}
