import { pattern } from './schema-parts.ts'

/** Patterns of strings in a world and in the control API. */
export const PATTERNS = {
  clientId: '^[!-~]{1,64}$',
  color: '^[0-9A-Fa-f]{6}$',
  country: '^[A-Z]{2}$',
  // Without NUL, as SQLite's NOCASE, which decides whether two are equal, ignores what follows one.
  gamertag: '^[^\\u0000-\\u001f\\u007f]+$',
  guid: '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
  instant: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,7})?Z$',
  locale: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  packageFamilyName: '^[!-~]{1,255}$',
  sandbox: '^[A-Za-z0-9.]{1,32}$',
  token: '^[!-~]{1,4096}$',
  uri: '^[!-~]{1,2048}$',
  url: '^https?://[!-~]{1,2048}$',
  // Neither `-` nor `*`: as a user hash of an Authorization header, `-` means no user and `*` every user of the token.
  userHash: '^(?![-*]$)[!-:<-~]{1,256}$',
  userKey: '^[!-~]{1,1024}$',
  // Profiles separate them by a bar.
  watermark: '^[^|\\u0000-\\u001f\\u007f]+$',
  xuid: '^[0-9]{1,20}$'
}

export const USER_HASH_EXPECTED = 'a string of visible ASCII characters without semicolons, other than "-" and "*"'
export const GAMERTAG_EXPECTED = 'a string that is not empty and has no control characters'

export const guidString = pattern(PATTERNS.guid, 'a GUID, e.g. "b5dd9daf-0000-0000-0000-000000000000"')
export const xuidString = pattern(PATTERNS.xuid, 'a XUID: a decimal from "0" to "18446744073709551615", in quotes')
export const instantString = pattern(PATTERNS.instant, 'an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z"')
export const sandboxString = pattern(PATTERNS.sandbox, 'a sandbox id, e.g. "RETAIL"')
export const localeString = pattern(PATTERNS.locale, 'a locale, e.g. "fr-FR"')
