import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { readUnsigned32 } from '../base/integers.ts'
import { DEFAULT_SANDBOX } from '../model/title.ts'
import { sandboxString } from '../world/schema-strings.ts'
import { LONGEST_STORED } from './parameters.ts'
import { expectSecret, secretText } from './requests.ts'

/**
 * The bodies of requests to the hosts that issue tokens. What the real hosts require of them is not published: required is
 * what is needed, and what any known client sends is taken. Unknown members are ignored.
 */

const exactly = <const T extends string>(value: T) => Type.Literal(value, { errorMessage: `"${value}"` })

const RELYING_PARTY = exactly('http://auth.xboxlive.com')
const TOKEN_TYPE = exactly('JWT')

const proofKey = Type.Optional(Type.Unknown({ description: 'The public key with which the client signs, as a JSON Web Key: P-256. Only --verify-signatures needs it.' }))
const sandbox = Type.String({ ...sandboxString, default: DEFAULT_SANDBOX, description: 'The sandbox claim.' })
const plainString = Type.String({ errorMessage: 'a string' })
const secretString = Type.String(expectSecret('a string'))
const anyText = (description: string) => Type.Optional(Type.String({ description, errorMessage: 'a string' }))

const tokenRequest = <T extends Parameters<typeof Type.Object>[0]>(properties: T, expected: string, title: string) => Type.Object({
  RelyingParty: RELYING_PARTY,
  TokenType: TOKEN_TYPE,
  Properties: Type.Object(properties, expectSecret(`an object with ${expected}`))
}, { title, ...expectSecret('an object with RelyingParty, TokenType and Properties') })

const GUID_IN_BRACES = String.raw`^(\{[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\}|[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12})$`

/** The body of `POST /device/authenticate`. */
export const DeviceTokenBody = tokenRequest({
  AuthMethod: Type.Union([Type.Literal('ProofOfPossession'), Type.Literal('RPS')], { description: 'ProofOfPossession, or RPS with a ticket, which is not looked at.', errorMessage: '"ProofOfPossession" or "RPS"' }),
  Id: Type.Optional(Type.String({ pattern: GUID_IN_BRACES, description: 'The device, a GUID; without one, another device each time.', errorMessage: 'a GUID, in braces or not' })),
  DeviceType: anyText('E.g. Android, iOS, Nintendo, Win32; any.'),
  SerialNumber: anyText('Any.'),
  Version: anyText('Of its operating system; any.'),
  ProofKey: proofKey
}, 'AuthMethod, Id and DeviceType', 'DeviceTokenRequest')

/** The body of `POST /title/authenticate`. */
export const TitleTokenBody = tokenRequest({
  AuthMethod: Type.Optional(exactly('RPS')),
  SiteName: Type.Optional(exactly('user.auth.xboxlive.com')),
  DeviceToken: secretText('a device token'),
  RpsTicket: Type.Optional(secretText('a ticket', { description: 'A ticket as of /user/authenticate: the title is that of the application to which it was issued.' })),
  TitleId: Type.Optional(Type.Union([
    Type.Integer({ minimum: 0, maximum: 4294967295 }), Type.String({ pattern: '^\\d{1,10}$' })
  ], { description: 'The title itself, in the place of a ticket.', errorMessage: 'a decimal title id' })),
  ProofKey: proofKey
}, 'DeviceToken, and RpsTicket or TitleId', 'TitleTokenRequest')

/** The body of `POST /user/authenticate`. */
export const UserTokenBody = tokenRequest({
  AuthMethod: exactly('RPS'),
  SiteName: exactly('user.auth.xboxlive.com'),
  RpsTicket: secretText('a ticket', { description: 'An access token, or a gamertag or XUID; after `d=` or `t=`, or alone.' }),
  ProofKey: proofKey
}, 'AuthMethod, SiteName and RpsTicket', 'UserTokenRequest')

const optionalToken = (what: string, description: string) =>
  Type.Union([secretText(what), Type.Null()], { default: null, description, ...expectSecret(`${what}, or null`) })

/** The body of `POST /xsts/authorize`. */
export const XstsTokenBody = Type.Object({
  RelyingParty: Type.String({ minLength: 1, description: 'For whom the token is: http://xboxlive.com for every service of Xbox Live. A token for another party opens none of these.', errorMessage: 'a relying party, e.g. "http://xboxlive.com"' }),
  TokenType: TOKEN_TYPE,
  Properties: Type.Object({
    UserTokens: Type.Array(secretText('a user token'), { default: [], maxItems: 16, description: 'Mostly one user token; a token of several users has a user hash for each. None in the request of a service.', ...expectSecret('a list of at most 16 user tokens') }),
    DeviceToken: optionalToken('a device token', 'One that was issued here.'),
    TitleToken: optionalToken('a title token', 'The title claim: a title token, or the decimal id of a title of the world. Null: that of the application.'),
    ServiceToken: optionalToken('a service token', 'Of a service; none is issued here, so that it is of no use alone.'),
    SandboxId: sandbox,
    OptionalDisplayClaims: Type.Array(plainString, { default: [], maxItems: 100, description: 'Further claims of the answer: mgt, mgs, umg.', errorMessage: 'a list of names of claims' }),
    ProofKey: proofKey
  }, expectSecret('an object with UserTokens'))
}, { title: 'XstsTokenRequest', ...expectSecret('an object with RelyingParty, TokenType and Properties') })

/** The body of `POST /authenticate` of sisu.xboxlive.com. */
export const SisuAuthenticateBody = Type.Object({
  AppId: Type.String({ minLength: 1, maxLength: LONGEST_STORED, description: 'The client id of the application.', errorMessage: `the client id of an application, of at most ${LONGEST_STORED} characters` }),
  TitleId: Type.Optional(Type.Union([Type.Integer(), Type.String()], { description: 'Not looked at: the title is that of AppId.', errorMessage: 'a decimal title id' })),
  RedirectUri: Type.String({ minLength: 1, description: 'Where the sign-in leads back to.', errorMessage: 'a URI' }),
  DeviceToken: secretText('a device token'),
  Sandbox: sandbox,
  TokenType: Type.Literal('code', { default: 'code', errorMessage: '"code"' }),
  Offers: Type.Array(plainString, { default: ['service::user.auth.xboxlive.com::MBI_SSL'], minItems: 1, maxItems: 16, description: 'The scopes.', errorMessage: 'a list of scopes' }),
  Query: Type.Record(Type.String(), secretString, { default: {}, maxProperties: 32, description: 'Parameters that are passed on: display, code_challenge, code_challenge_method, state.', ...expectSecret('an object of strings') }),
  ProofKey: proofKey
}, { title: 'SisuAuthenticateRequest', ...expectSecret('an object with AppId, RedirectUri and DeviceToken') })

/** The body of `POST /authorize` of sisu.xboxlive.com. */
export const SisuAuthorizeBody = Type.Object({
  AccessToken: secretText('an access token', { description: 'A ticket as of /user/authenticate, after `t=`.' }),
  AppId: Type.String({ minLength: 1, maxLength: LONGEST_STORED, description: 'The client id of the application, whose title the token is for.', errorMessage: `the client id of an application, of at most ${LONGEST_STORED} characters` }),
  DeviceToken: secretText('a device token'),
  Sandbox: sandbox,
  SiteName: anyText('user.auth.xboxlive.com; any.'),
  SessionId: Type.Optional(secretText('a session id', { description: 'The X-SessionId of /authenticate; any.' })),
  RelyingParty: Type.String({ minLength: 1, default: 'http://xboxlive.com', description: 'For whom the token is.', errorMessage: 'a relying party, e.g. "http://xboxlive.com"' }),
  UseModernGamertag: Type.Boolean({ default: false, description: 'Adds the claims of the modern gamertag.', errorMessage: 'true or false' }),
  ProofKey: proofKey
}, { title: 'SisuAuthorizeRequest', ...expectSecret('an object with AccessToken, AppId and DeviceToken') })

/** Tokens for Xbox Live itself open its services. The documentation writes the party in both ways. [s2s] */
export const isForXboxLive = (relyingParty: string): boolean => /^https?:\/\/xboxlive\.com\/?$/i.test(relyingParty)

/** The id of a device as its token has it, 16 hexadecimal digits: the same for a GUID in any spelling. */
export const deviceIdOf = (id: string): string =>
  createHash('sha256').update(`device ${id.replace(/[{}]/g, '').toLowerCase()}`).digest('hex').slice(0, 16).toUpperCase()

/** The title id of a body; null when it has none. A text of ten digits may be none. */
export const readTitleIdMember = (given: number | string | undefined): number | null | undefined => given === undefined ? null : readUnsigned32(String(given))
