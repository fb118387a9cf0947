import { createHash, randomBytes } from 'node:crypto'
import type { TokenKind } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import { noProfile } from '../model/refusals.ts'
import { formatInstant, LAST_DATE, LAST_MS } from '../base/instant.ts'
import { readUnsigned32, readUnsigned64 } from '../base/integers.ts'
import type { Store } from '../store/store.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** How long each token can be used, in ms. That of an access token is documented. */
const LIFETIMES: Readonly<Record<TokenKind | 'xsts', number>> = { code: 5 * MINUTE, access: 60 * MINUTE, refresh: 90 * DAY, user: 14 * DAY, xsts: DAY * 2 / 3 }

/** How long an access token can be used, in s. */
export const ACCESS_SECONDS = LIFETIMES.access / 1000

/** How many XSTS tokens of a user are kept; an older one is forgotten, whatever its end. */
const KEPT_SESSIONS = 1000

/** A token and the instant at which it ends. */
export interface Issued {
  readonly token: string
  readonly expires: string
}

/** What an XSTS token is asked for with. */
export interface XstsRequest {
  readonly userToken: string
  readonly sandbox: string
  /** Null: no title claim. */
  readonly titleToken: string | null
  /** The clock, in ms since 1970. */
  readonly now: number
}

export type SignIn = ReturnType<typeof createSignIn>

/** Who is meant by what a client brings, and what it is given for it: docs/specification.md, Sign-in. */
export function createSignIn ({ catalogue, people, sessions, signInTokens, transact }: Store) {
  const findProfile = (xuid: string | undefined): Profile | undefined => {
    const found = xuid === undefined ? undefined : people.describe(xuid)
    return found && { xuid: xuid as string, gamertag: found.gamertag }
  }

  /** Whom a token was issued for; undefined when none of this kind was. */
  const redeem = (kind: TokenKind, token: string, now: number): Profile | undefined => {
    const held = signInTokens.find(kind, token)
    if (held === undefined) return undefined
    if (held.expires <= formatInstant(now)) throw noProfile(`The ${kind} token expired at ${held.expires}.`)
    const profile = findProfile(held.xuid)
    if (profile === undefined) throw noProfile(`The ${kind} token was issued for user ${held.xuid}, who is gone.`)
    return profile
  }

  const named = (name: string): Profile => {
    const profile = findProfile(readUnsigned64(name)) ?? findProfile(people.findGamertag(name))
    if (profile === undefined) throw noProfile('No user has this XUID or gamertag, and it was not issued here or is of another kind.')
    return profile
  }

  const identify = (kind: TokenKind, credential: string, now: number): Profile => redeem(kind, credential, now) ?? named(credential)

  const issue = (kind: TokenKind, { xuid }: Profile, now: number): Issued => {
    const issued = fresh(kind, now)
    signInTokens.add(kind, issued.token, { xuid, expires: issued.expires })
    return issued
  }

  return {
    /** The user with a XUID, or else with a gamertag. @throws 401 when there is none. */
    named,

    /** The user whom a credential was issued for, or else names. @throws 401 when there is none, or it has ended. */
    identify,

    issue: (kind: TokenKind, user: Profile, now: number): Issued => transact(() => issue(kind, user, now)),

    /** Changes an authorization code, which is good for one use, or a refresh token into an access and a refresh token. @throws as `identify`. */
    exchange: (kind: 'code' | 'refresh', credential: string, now: number): { user: Profile, access: Issued, refresh: Issued } => transact(() => {
      const user = identify(kind, credential, now)
      if (kind === 'code') signInTokens.remove(credential)
      return { user, access: issue('access', user, now), refresh: issue('refresh', user, now) }
    }),

    /** An XSTS token: a session that every Xbox route knows. @throws 401 when a token is not one of this emulator. */
    issueXsts: ({ userToken, sandbox, titleToken, now }: XstsRequest): Issued & { profile: Profile } => transact(() => {
      const profile = redeem('user', userToken, now)
      if (profile === undefined) throw noProfile('The user token was not issued here, or is of another kind.')
      const titleId = titleToken === null ? null : readUnsigned32(titleToken)
      if (titleId === undefined || (titleId !== null && !catalogue.hasTitle(titleId))) throw noProfile('The title token is not the id of a title of the world.')
      const issued = fresh('xsts', now)
      const userHash = userHashOf(profile)
      sessions.write({ userHash, token: issued.token, xuid: profile.xuid, titleId, sandbox, location: null, thirdPartySite: false, expires: issued.expires })
      sessions.trim(userHash, KEPT_SESSIONS)
      return { ...issued, profile }
    })
  }
}

function fresh (kind: keyof typeof LIFETIMES, now: number): Issued {
  const end = now + LIFETIMES[kind]
  // A clock that stands at the end of time never comes to the very last instant.
  return { token: randomBytes(32).toString('base64url'), expires: end > LAST_MS ? LAST_DATE : formatInstant(end) }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The user hash of a user, the same each time. It is no secret. */
export const userHashOf = ({ xuid }: Profile): string => String(digest(`user hash ${xuid}`).readBigUInt64BE())

/** The id of a user's Microsoft account, the same each time. */
export const accountIdOf = ({ xuid }: Profile): string => digest(`account ${xuid}`).toString('hex', 0, 8)
