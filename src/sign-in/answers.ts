import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { object, string } from '../http/answer-schema.ts'
import type { Profile } from '../model/user.ts'

/** The bodies of the answers of the sign-in hosts. */

export const OAuthToken = object({
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'How long the access token can be used, in s.' }),
  scope: string('As it was asked for.'),
  access_token: string('The ticket for /user/authenticate.'),
  refresh_token: string('For the next access token.'),
  user_id: string('The Microsoft account.')
}, { title: 'OAuthToken' })

/** The id of a user's Microsoft account, the same each time. */
export const accountIdOf = ({ xuid }: Profile): string => createHash('sha256').update(`account ${xuid}`).digest().toString('hex', 0, 8)
