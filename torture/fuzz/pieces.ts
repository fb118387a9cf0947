import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { FILTER_NAMES, VALUES } from '../differential/steps.ts'

/** The parts of requests: values of the demo world, and hostile ones. */

export const XUIDS = ['2533274790412952', '2533274790412953', '2533274790412954']
export const TITLES = ['3051199919', '1660944384', '1297290392', '1740002817', '1500000001', '1500000002', '1500000003']
export const SCIDS = [
  'b5dd9daf-0000-0000-0000-000000000000', '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764', '2f9a60d8-41b7-4c35-9d0e-e8723fb51a96', 'a4d83c57-0e6b-4928-b1f4-6c95d27e083b',
  '5be07f91-d2a8-43cc-86f3-19e4b70a5d2e', 'e3196a4c-785f-4d0b-a92d-c40f8b61e735', '90c2e7b5-1f46-4d8a-b3e0-72a95d6c84f1', '7C1E4B02-93D5-4F6A-8E21-5AB0D9F3C764'
]

/** Faults are only created for requests for this user: to any other request, a 500 is an error. */
export const FAULTY_XUID = '7777777'

/** A part of every token and key of the world. An answer with one that the client has not sent has leaked it. */
export const CANARY = 'canary-'
const SESSIONS = ['gamer', 'friend', 'stranger', 'site', 'titleless', 'anonymous', 'expired']
export const AUTHORIZATIONS = SESSIONS.map((name) => `XBL3.0 x=demo;${CANARY}${name}`)
export const USER_KEY = `${CANARY}key`

/** The demo world, with `CANARY` in its tokens and keys. */
export function worldWithCanaries (): { sessions: Array<{ token: string }>, userKeys: string[] } {
  const world = JSON.parse(readFileSync(fileURLToPath(new URL('../../fixtures/demo.json', import.meta.url)), 'utf8'))
  for (const session of world.sessions) session.token = `${CANARY}${session.token}`
  world.userKeys = [USER_KEY]
  return world
}

const long = (length: number): string => 'x'.repeat(length)

/** Texts that code which reads numbers, words, paths or SQL may handle wrongly. */
export const HOSTILE_TEXTS = [
  '', '0', '-0', '-1', '+1', '1e3', '1e309', '0x10', '00', '1.0', '.5', 'NaN', 'Infinity', 'null', 'undefined', 'true', '[]', '{}', '[object Object]',
  '2147483647', '2147483648', '4294967295', '4294967296', '9007199254740993', '18446744073709551615', '18446744073709551616', '9'.repeat(60), `-${'9'.repeat(60)}`,
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', '\'', '"', '\\', '`', ';', '--', '\' OR 1=1--', '"; DROP TABLE person; --', '%', '_', '*', '?', '$1', ':a', '@a',
  '../../etc/passwd', '..\\..\\boot.ini', '/', '//', '/./', '.', '..', '~', 'http://127.0.0.1:1/', 'javascript:alert(1)',
  '\u0000', '\t', '\n', '\r\n', '\r\nSet-Cookie: a=b', '\u007f', '\u0080', 'é', 'É', 'ß', 'ı', 'K', '٣', '１', '\u202e', '\ufeff', '\ufffd', '😀', '\ud83d', 'a\u0301', '<script>alert(1)</script>', '$' + '{1}', '{{1}}', '%s%n%d',
  ',', ',,,', '1,2', '1,,2', ',1', '1;2', '1 2', ' 1', '1 ', 'a=b', 'a&b', '#', long(129), long(2000)
]

/** Parts of a path or query that are invalid percent-encoding, not UTF-8, or encoded twice. */
export const HOSTILE_ENCODINGS = ['%', '%%', '%2', '%zz', '%00', '%0a', '%0d%0a', '%2f', '%5c', '%2e%2e', '%25', '%2525', '%c0%af', '%ed%a0%80', '%ff', '%f4%90%80%80', '%u0041', '%28', '%29', '%E2%82', '%20', '+', '%2b', ';', '%3b', '%3f', '%23', '%26', '%3d', '%5b', '%5d']

export const QUERY_NAMES = [...FILTER_NAMES, 'orderBy', 'skipItems', 'maxItems', 'continuationToken', 'platforms']
export const IGDB_NAMES = ['fields', 'limit', 'offset', 'order', 'search', 'scroll', 'expand']
export const IGDB_FIELDS = ['id', 'name', 'category', 'created_at', 'updated_at', 'icon', 'game', 'rank', 'external_id', 'description', 'owners', 'owners_percentage', 'tags', 'language']
export const IGDB_OPERATORS = ['eq', 'not_eq', 'gt', 'gte', 'lt', 'lte', 'prefix', 'exists', 'not_exists', 'in', 'any', 'not_in']

/** Valid values of each parameter. */
export const GOOD_VALUES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(FILTER_NAMES.map((name) => [name, VALUES[name].filter((value) => value !== null)])),
  titleId: [...TITLES, `${TITLES[0]},${TITLES[1]}`],
  types: ['Persistent', 'Challenge', 'persistent,challenge', '1,3'],
  platforms: ['1', '1,2,15'],
  unlockedOnly: ['true', 'false', 'TRUE'],
  orderBy: ['Unordered', 'Title', 'UnlockTime', 'EndingSoon', 'LastPlayed', 'unlocktime'],
  skipItems: ['0', '1', '5', '56', '1000'],
  maxItems: ['1', '2', '3', '7'],
  continuationToken: ['0', '32', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '1,2018-03-28T01:28:51.8070000Z'],
  fields: ['*', 'name', 'id,name,owners', 'tags,icon'],
  limit: ['1', '2', '5'],
  offset: ['0', '3', '70'],
  order: ['owners:desc', 'name', 'rank:asc', 'owners_percentage:desc'],
  search: ['light', 'a', '%C3%84'],
  scroll: ['1', '0'],
  expand: ['game']
}

/** Values of the Host header: the emulator's own names, those of the service, and others. */
export const HOSTS = ['127.0.0.1', 'localhost', '[::1]', 'achievements.xboxlive.com', 'user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com', 'login.microsoftonline.com', 'sisu.xboxlive.com', 'titlehub.xboxlive.com', 'userstats.xboxlive.com', 'ACHIEVEMENTS.XBOXLIVE.COM', 'evil.example', 'achievements.xboxlive.com.evil.example', '127.0.0.1.evil.example', '', 'a'.repeat(300)]

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'REPORT', 'SEARCH', 'PURGE', 'LINK', 'LOCK', 'COPY']
