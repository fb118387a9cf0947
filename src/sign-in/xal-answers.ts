import { Type } from '@sinclair/typebox'
import { formatInstant } from '../base/instant.ts'
import { boolean, instant, object, string } from '../http/answer-schema.ts'
import { modernNamesOf, type UserDetails } from '../model/user-details.ts'
import type { Profile } from '../model/user.ts'
import { userHashOf, type IssuedToken } from '../operations/sign-in.ts'
import type { IssuedTitleToken } from '../operations/xal.ts'

/** The bodies of the answers of the hosts that issue tokens. All claims are strings: clients read them as such. */

const uhs = string('The user hash: x= of the Authorization header.')

const envelope = {
  IssueInstant: instant('When it was issued, UTC.'),
  NotAfter: instant('When it ends, UTC.'),
  Token: string('Opaque.')
}

export const DeviceToken = object({
  ...envelope,
  DisplayClaims: object({ xdi: object({ did: Type.String({ pattern: '^[0-9A-F]{16}$', description: 'The device.' }), dcs: string('0.') }) })
}, { title: 'DeviceToken', description: 'For /title/authenticate, /xsts/authorize and SISU.' })

export const TitleToken = object({
  ...envelope,
  DisplayClaims: object({ xti: object({ tid: Type.Optional(string('The title claim, a decimal title id; left out when there is none.')) }) })
}, { title: 'TitleToken', description: 'For /xsts/authorize.' })

export const UserToken = object({
  ...envelope,
  DisplayClaims: object({ xui: Type.Array(object({ uhs })) })
}, { title: 'UserToken', description: 'For /xsts/authorize.' })

const UserClaims = object({
  gtg: string('The gamertag.'),
  xid: string('The XUID.'),
  uhs,
  agg: Type.Literal('Adult', { description: 'The age group.' }),
  usr: string('The restrictions of the user.'),
  prv: string('The privileges of the user.'),
  mgt: Type.Optional(string('The modern gamertag.')),
  mgs: Type.Optional(string('Its suffix; empty: none.')),
  umg: Type.Optional(string('Both, which is unique.'))
}, { title: 'UserClaims' })

export const XstsToken = object({
  ...envelope,
  DisplayClaims: object({
    xui: Type.Array(Type.Union([UserClaims, object({ uhs })], { description: 'For another party than Xbox Live it has uhs alone.' }), { description: 'One for each user.' })
  })
}, { title: 'XstsToken', description: '`Authorization: XBL3.0 x=<uhs>;<Token>` on every service.' })

export const SisuRedirect = object({
  MsaOauthRedirect: string('The page on which a person signs in.'),
  MsaRequestParameters: object({}, { description: 'Empty.' })
}, { title: 'SisuRedirect' })

export const SisuAuthorization = object({
  DeviceToken: string('The one that was sent.'),
  TitleToken,
  UserToken,
  AuthorizationToken: XstsToken,
  WebPage: string('Where the client of the real service is shown more; nothing is there.'),
  Sandbox: string('As it was asked for.'),
  UseModernGamertag: Type.Optional(boolean('As it was asked for.'))
}, { title: 'SisuAuthorization' })

export const SignInRefusal = object({
  Identity: Type.Literal('0'),
  XErr: Type.Integer({ minimum: 0, maximum: 4294967295, description: 'Why: 2148916233 no Xbox profile, 2148916242 no access to the sandbox, 2148916256 and 2148916259 an expired and an invalid device token, 2148916257 and 2148916260 a title token, 2148916258 and 2148916262 a user token, 2148916263 an invalid service token, or what the world gives to the user.' }),
  Message: Type.Literal(''),
  Redirect: Type.Optional(string('Where a user of the real service can mend it.')),
  WebPage: Type.Optional(string('Of SISU alone.'))
}, { title: 'SignInRefusal' })

/** The privileges and the restrictions of every user, by the real service's numbers. */
const PRIVILEGES = '188 191 192 193 194 195 196 198 199 200 201 203 204 205 206 208 211 214 215 216 217 220 224 227 228 235 238 245 247 249 252 254 255'
const RESTRICTIONS = '234'

const inEnvelope = ({ token, expires }: IssuedToken, now: number, claims: object): object =>
  ({ IssueInstant: formatInstant(now), NotAfter: expires, Token: token, DisplayClaims: claims })

export const formatDeviceToken = (issued: IssuedToken, deviceId: string, now: number): object => inEnvelope(issued, now, { xdi: { did: deviceId, dcs: '0' } })

export const formatTitleToken = ({ titleId, ...issued }: IssuedTitleToken, now: number): object =>
  inEnvelope(issued, now, { xti: titleId === null ? {} : { tid: String(titleId) } })

export const formatUserToken = (issued: IssuedToken, user: Profile, now: number): object => inEnvelope(issued, now, { xui: [{ uhs: userHashOf(user) }] })

/** A user of an XSTS token, and which claims of it the answer has besides the user hash. */
export interface ClaimedUser {
  readonly user: Profile
  /** Null: for another party than Xbox Live, which is told nothing of it. */
  readonly details: UserDetails | null
  /** The names of the optional claims that are asked for. */
  readonly optional: readonly string[]
}

export const formatXstsToken = (issued: IssuedToken, users: readonly ClaimedUser[], now: number): object =>
  inEnvelope(issued, now, { xui: users.map(userClaimsOf) })

function userClaimsOf ({ user, details, optional }: ClaimedUser): Readonly<Record<string, string>> {
  const uhs = userHashOf(user)
  if (details === null) return { uhs }
  const { modernGamertag: mgt, modernGamertagSuffix: mgs, uniqueModernGamertag: umg } = modernNamesOf(details)
  const further = Object.entries({ mgt, mgs, umg }).filter(([name]) => optional.includes(name))
  return { gtg: user.gamertag, xid: user.xuid, uhs, agg: 'Adult', usr: RESTRICTIONS, prv: PRIVILEGES, ...Object.fromEntries(further) }
}
