import type { Dialect } from '../model/dialect.ts'
import type { ProofKey } from '../model/proof-key.ts'
import { invalidRequest, signInRefused } from '../model/refusals.ts'
import type { Profile } from '../model/user.ts'
import { XErr } from '../model/xerr.ts'
import type { Store } from '../store/store.ts'
import { expiryAfter, identifyTicket, issueToken, LIFETIMES, userHashOf, type IssuedToken } from './sign-in.ts'
import { titleOfApp } from './title-claim.ts'
import type { ToldTransaction } from './told-transaction.ts'
import { addTitleToken, readTitleToken, requireDevice, requireUserToken, type IssuedTitleToken } from './xal.ts'

/** XSTS tokens, by themselves and all at once with what leads to them. (docs/decisions/0045-tokens-and-title-claims.md) */

/** How many XSTS tokens of a user are stored; older ones are deleted, whether they have expired or not. */
const MOST_XSTS_TOKENS = 1000

/** What is the same however an XSTS token is asked for. */
interface XstsRequest {
  readonly sandbox: string
  /** Whether it is for Xbox Live: only then is it a session, which opens the achievements. */
  readonly isForXboxLive: boolean
  readonly dialect: Dialect
  /** The key with which its holder signs; null: that of the device. */
  readonly proofKey: ProofKey | null
  readonly now: number
  /** The XSTS token, made at random by the caller. */
  readonly token: string
}

export interface XstsInput extends XstsRequest {
  /** None in the request of a service. */
  readonly userTokens: readonly string[]
  readonly deviceToken: string | null
  readonly titleToken: string | null
}

export interface SisuInput extends XstsRequest {
  /** The ticket of the user, after `t=` or `d=`, or alone. */
  readonly accessToken: string
  /** The client id of the application. */
  readonly appId: string
  readonly deviceToken: string
  /** The title token and the user token that are issued, made at random by the caller. */
  readonly titleToken: string
  readonly userToken: string
}

export interface IssuedXstsToken extends IssuedToken {
  readonly users: readonly Profile[]
}

/** What SISU issues at once. */
export interface SisuTokens {
  readonly user: Profile
  readonly titleToken: IssuedTitleToken
  readonly userToken: IssuedToken
  readonly xstsToken: IssuedToken
}

/**
 * Issues an XSTS token. One for Xbox Live is a session that every Xbox route accepts: of several users it is several
 * sessions with one token. Its title claim is that of the title token; else that of the application whose access token
 * led to the first user token; else, in the live dialect, the only title of the world.
 *
 * @throws 400 when it is for nobody and nothing, 401 with a published number for a token that is not good, for a user who
 *   is not let in, and for a sandbox that the world does not have.
 */
export function issueXstsToken (transaction: ToldTransaction, input: XstsInput): IssuedXstsToken {
  const { store } = transaction
  const { userTokens, deviceToken, titleToken, dialect, now } = input
  if (userTokens.length === 0 && deviceToken === null && titleToken === null) throw invalidRequest('Properties has no UserTokens, DeviceToken or TitleToken; expected one of them.')
  const device = deviceToken === null ? null : requireDevice(store, deviceToken, now)
  const claimed = titleToken === null ? null : readTitleToken(store, titleToken, now)
  const holders = userTokens.map((token) => requireUserToken(store, token, now))
  const users = [...new Map(holders.map(({ user }) => [user.xuid, user])).values()]
  requireAdmitted(store, users, input)
  const titleId = claimed ?? titleOfApp(store, { clientIds: [holders[0]?.clientId ?? null], dialect })
  return { users, ...addXstsToken(transaction, { ...input, users, titleId, proofKey: input.proofKey ?? device?.proofKey ?? null }) }
}

/**
 * Issues a title, a user and an XSTS token at once. The title is that of the application: by the client id that the
 * request names, or else by the one to which the access token was issued.
 *
 * @throws 401 with a published number for a token that is not good, for a user who is not let in, and for a sandbox that
 *   the world does not have.
 */
export function authorizeSisu (transaction: ToldTransaction, input: SisuInput): SisuTokens {
  const { store } = transaction
  const { accessToken, appId, deviceToken, dialect, now } = input
  const device = requireDevice(store, deviceToken, now)
  const { user, clientId } = identifyTicket(store, { credential: accessToken, now })
  requireAdmitted(store, [user], input)
  const titleId = titleOfApp(store, { clientIds: [appId, clientId], dialect })
  return {
    user,
    titleToken: addTitleToken(transaction, { device, titleId, token: input.titleToken, now }),
    userToken: issueToken(transaction, { kind: 'user', xuid: user.xuid, token: input.userToken, now, grant: { clientId: appId } }),
    xstsToken: addXstsToken(transaction, { ...input, users: [user], titleId, proofKey: input.proofKey ?? device.proofKey })
  }
}

/** @throws 401 with the number that the world gives to one of the users, or when the world does not have the sandbox. */
function requireAdmitted ({ people, catalogue }: Store, users: readonly Profile[], { sandbox }: XstsRequest): void {
  for (const { xuid } of users) {
    const number = people.findSignInError(xuid)
    if (number !== null) throw signInRefused(number, `User ${xuid} may not sign in: its signInError is ${number}.`)
  }
  if (!catalogue.hasSandbox(sandbox)) throw signInRefused(XErr.noAccessToSandbox, `No title is published in sandbox ${sandbox}; expected one of the sandboxes of the world.`)
}

function addXstsToken ({ write, tell }: ToldTransaction, { users, titleId, sandbox, isForXboxLive, proofKey, token, now }: XstsRequest & {
  readonly users: readonly Profile[], readonly titleId: number | null
}): IssuedToken {
  const expires = expiryAfter(LIFETIMES.xsts, now)
  if (!isForXboxLive) return { token, expires }
  for (const { xuid } of users.length > 0 ? users : [{ xuid: null }]) {
    const userHash = userHashOf({ xuid })
    if (write.sessions.put({ userHash, token, xuid, titleId, sandbox, location: null, thirdPartySite: false, expires })) tell(() => [{ kind: 'session', what: 'created', xuid, titleId }])
    const trimmed = write.sessions.trim(userHash, MOST_XSTS_TOKENS)
    tell(() => trimmed.map((holder) => ({ kind: 'session', what: 'deleted', ...holder })))
  }
  if (proofKey !== null) write.xalTokens.add('xsts', token, { owner: userHashOf({ xuid: users[0]?.xuid ?? null }), titleId: null, proofKey, expires })
  return { token, expires }
}
