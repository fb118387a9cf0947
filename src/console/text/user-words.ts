import type { Privacy } from '../../model/user.ts'
import { showNumber, type Reader } from './shown-values.ts'

/** Who may see the achievements of a user, as a person says it. */
export const SEEN_BY_WORDS: Readonly<Record<Privacy, string>> = { everyone: 'everyone', friendsOnly: 'friends only', blocked: 'nobody' }

/** The numbers (XErr) with which signing in is refused, and what they mean. Other numbers can be given, too. */
export const SIGN_IN_ERRORS: ReadonlyArray<{ readonly code: number, readonly words: string }> = [
  { code: 2148916233, words: 'the account has no Xbox profile' },
  { code: 2148916238, words: 'a child who is in no family' },
  { code: 2148916242, words: 'no access to the sandbox' },
  { code: 2148916256, words: 'the device token has expired' },
  { code: 2148916257, words: 'the title token has expired' },
  { code: 2148916258, words: 'the user token has expired' },
  { code: 2148916259, words: 'the device token is invalid' },
  { code: 2148916260, words: 'the title token is invalid' },
  { code: 2148916262, words: 'the user token is invalid' },
  { code: 2148916263, words: 'the service token is invalid' }
]

/** What the number of a sign-in error means: "2148916238, a child who is in no family". */
export function describeSignInError (code: number): string {
  const words = SIGN_IN_ERRORS.find((known) => known.code === code)?.words
  return words === undefined ? String(code) : `${code}, ${words}`
}

/** Several users in a few words: "gamer", "gamer and friend", "gamer and 2 others". */
export function nameUsers (users: ReadonlyArray<{ readonly gamertag: string }>, reader: Reader = {}): string {
  const [first, second] = users.map(({ gamertag }) => shorten(gamertag))
  if (users.length === 2) return `${first} and ${second}`
  return users.length > 2 ? `${first} and ${showNumber(users.length - 1, reader)} others` : first ?? 'nobody'
}

/** The beginning of a text that may be very long. */
export const shorten = (text: string, most = 60): string => text.length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`

/** A gamerscore of what it could be: "320 of 1,000 G in 2 titles". */
export function describeScore ({ gamerscore, possibleGamerscore, titlesPlayed }: { readonly gamerscore: number, readonly possibleGamerscore: number, readonly titlesPlayed: number }, reader: Reader = {}): string {
  if (titlesPlayed === 0) return 'No title played'
  return `${showNumber(gamerscore, reader)} of ${showNumber(possibleGamerscore, reader)} G in ${titlesPlayed === 1 ? '1 title' : `${showNumber(titlesPlayed, reader)} titles`}`
}

/** The XUID of a new user, of the size that real ones have. @param random from 0 to below 1. */
export const suggestXuid = (random: number): string => String(2_533_274_000_000_000 + Math.floor(random * 1_000_000_000))

/** How a person addresses a user: by XUID, as a gamertag may look like one. */
export const userRoute = (xuid: string, rest = ''): string => `/_emulator/users/${encodeURIComponent(xuid)}${rest}`
