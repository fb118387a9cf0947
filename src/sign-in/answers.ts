import { Type } from '@sinclair/typebox'
import { formatInstant } from '../base/instant.ts'
import { instant, object, string } from '../http/answer-schema.ts'
import { NO_XBOX_PROFILE } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { userHashOf, type IssuedToken } from '../operations/sign-in.ts'

/** The bodies of the answers of the hosts that give user and XSTS tokens. */

const uhs = string('The user hash: x= of the Authorization header.')

const envelope = {
  IssueInstant: instant('When it was issued, UTC.'),
  NotAfter: instant('When it ends, UTC.'),
  Token: string('Opaque.')
}

export const UserToken = object({
  ...envelope,
  DisplayClaims: object({ xui: Type.Array(object({ uhs })) })
}, { title: 'UserToken', description: 'For /xsts/authorize.' })

export const XstsToken = object({
  ...envelope,
  DisplayClaims: object({
    xui: Type.Array(object({
      gtg: string('The gamertag.'),
      xid: string('The XUID.'),
      uhs,
      agg: Type.Literal('Adult', { description: 'The age group.' }),
      usr: string('The restrictions of the user.'),
      prv: string('The privileges of the user.')
    }))
  })
}, { title: 'XstsToken', description: '`Authorization: XBL3.0 x=<uhs>;<Token>` on every service.' })

export const SignInRefusal = object({
  Identity: Type.Literal('0'),
  XErr: Type.Literal(NO_XBOX_PROFILE, { description: 'No Xbox profile is meant.' }),
  Message: Type.Literal(''),
  Redirect: string('Where a user of the real service gets a profile.')
}, { title: 'SignInRefusal' })

/** The privileges and the restrictions of every user, by the real service's numbers. */
const PRIVILEGES = '188 191 192 193 194 195 196 198 199 200 201 203 204 205 206 208 211 214 215 216 217 220 224 227 228 235 238 245 247 249 252 254 255'
const RESTRICTIONS = '234'

const inEnvelope = ({ token, expires }: IssuedToken, now: number, xui: object): object =>
  ({ IssueInstant: formatInstant(now), NotAfter: expires, Token: token, DisplayClaims: { xui: [xui] } })

export const formatUserToken = (issued: IssuedToken, user: Profile, now: number): object => inEnvelope(issued, now, { uhs: userHashOf(user) })

export const formatXstsToken = (issued: IssuedToken, user: Profile, now: number): object => inEnvelope(issued, now, {
  gtg: user.gamertag, xid: user.xuid, uhs: userHashOf(user), agg: 'Adult', usr: RESTRICTIONS, prv: PRIVILEGES
})
