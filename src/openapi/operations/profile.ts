import { Type } from '@sinclair/typebox'
import { PreferredColor } from '../../neighbours/colors.ts'
import { SETTING_NAMES } from '../../neighbours/profile-settings.ts'
import { ProfileBatchBody, ProfileUsers } from '../../neighbours/profile.ts'
import type { Dialect } from '../../model/dialect.ts'
import { string } from '../../http/answer-schema.ts'
import { AS_GAMER, GAMER } from '../examples.ts'
import type { Operation, OperationsByRoute } from '../operation.ts'
import { pathUserParameter } from '../parameters.ts'
import { neighbourRefusals, openRefusals } from '../refusals.ts'

const settings = string(`Names of settings, comma-delimited, in any letter case: ${SETTING_NAMES.join(', ')}.`)
const answers = (dialect: Dialect, description: string) => ({ 200: { description, body: ProfileUsers }, ...neighbourRefusals(dialect, 404) })

const ofUser = (id: string, summary: string) => (dialect: Dialect): Operation => ({
  id,
  summary,
  params: { user: pathUserParameter },
  query: { settings },
  answers: answers(dialect, 'The user. With no settings, only the XUID.')
})

/** The operations of profile.xboxlive.com. */
export const PROFILE_OPERATIONS: OperationsByRoute = {
  'POST /users/batch/profile/settings': (dialect) => ({
    id: 'getProfiles',
    summary: 'Shows settings of profiles',
    description: 'Gamerscore, Bio, Location and RealName only to who may see the title history of the user; else 0 and empty.',
    body: ProfileBatchBody,
    answers: { 200: { description: 'The users.', body: ProfileUsers }, ...neighbourRefusals(dialect, 413) },
    exchanges: {
      gamer: {
        summary: 'The gamertag and gamerscore of the gamer',
        authorization: AS_GAMER,
        body: { userids: [GAMER], settings: ['Gamertag', 'AccountTier'] },
        status: 200,
        answer: { profileUsers: [{ id: GAMER, hostId: GAMER, settings: [{ id: 'Gamertag', value: 'gamer' }, { id: 'AccountTier', value: 'Gold' }], isSponsoredUser: false }] }
      }
    }
  }),
  'GET /users/{user}/profile/settings': ofUser('getProfile', 'Shows settings of a profile'),
  'GET /users/{user}/settings': ofUser('getProfileSettings', 'The same, as some clients ask'),
  'GET /users/{user}/profile/settings/people/people': (dialect) => ({
    id: 'getProfilesOfPeople',
    summary: 'Shows settings of the profiles of whom a user has added',
    params: { user: pathUserParameter },
    query: { settings },
    answers: answers(dialect, 'The people; none when the caller may not see them.')
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
