import type { DifferenceKind } from '../../model/difference.ts'

/** The kinds of differences that are recorded while a world is served. Titles and achievements change with another world alone. */
export const RECORDED_KINDS = ['user', 'friend', 'play', 'progress', 'session'] as const satisfies readonly DifferenceKind[]
export type RecordedKind = typeof RECORDED_KINDS[number]

/** How the undo log of a table is compared with the table: SQL, in which `u` is the row as it was and `n` as it is now. */
interface LoggedTable {
  readonly table: string
  readonly key: readonly string[]
  /** The row of the person whom a row is about. */
  readonly personOf: (row: 'u' | 'n') => string
  /** The members of an entry, as a JSON object. */
  readonly membersOf: (row: 'u' | 'n') => string
  /** Besides the person, what tells two entries apart that had the same key one after the other. */
  readonly identityOf: (row: 'u' | 'n') => string
  /** What the entry is about besides the person, and the tables that have it. */
  readonly subject: string
  readonly joins: string
}

const boolean = (column: string): string => `json(iif(${column}, 'true', 'false'))`
/** JSON as a client sent it, whose members may come in any order: `in_order` is a function of differences.ts. */
const ordered = (column: string): string => `json(iif(${column} IS NULL, NULL, in_order(${column})))`
const PERSON_JSON = "json_object('xuid', xuid, 'gamertag', gamertag)"

/** The person of a row as JSON, as it is now. */
const presentPerson = (row: string): string => `(SELECT ${PERSON_JSON} FROM person WHERE row = ${row})`
/** The same, as it was. */
const startPerson = (row: string): string =>
  `(SELECT ${PERSON_JSON} FROM undo_person WHERE row = ${row} UNION ALL SELECT ${PERSON_JSON} FROM person WHERE row = ${row} AND row NOT IN (SELECT row FROM undo_person))`

const personOfSide = { u: startPerson, n: presentPerson } as const

const noIdentity = (): string => "''"

export const LOGGED_TABLES: Readonly<Record<RecordedKind, LoggedTable>> = {
  user: {
    table: 'person',
    key: ['row'],
    personOf: (row) => `${row}.row`,
    membersOf: (row) => `json_object('gamertag', ${row}.gamertag, 'privacy', ${row}.privacy, 'profile', ${ordered(`${row}.profile`)}, 'presence', ${ordered(`${row}.presence`)}, 'signInError', ${row}.sign_in_error)`,
    identityOf: noIdentity,
    subject: '',
    joins: ''
  },
  friend: {
    table: 'friendship',
    key: ['person', 'friend'],
    personOf: (row) => `${row}.person`,
    membersOf: (row) => `json_object('isFavorite', ${boolean(`${row}.is_favorite`)})`,
    identityOf: (row) => `${personOfSide[row](`${row}.friend`)} ->> 'xuid'`,
    subject: `, ${presentPerson('u.friend')} AS presentFriend, ${startPerson('u.friend')} AS startFriend`,
    joins: ''
  },
  play: {
    table: 'play',
    key: ['person', 'sandbox', 'title_id'],
    personOf: (row) => `${row}.person`,
    membersOf: (row) => `json_object('lastPlayed', ${row}.last_played, 'sequence', ${row}.sequence, 'minutesPlayed', ${row}.minutes_played, 'stats', coalesce(${ordered(`${row}.stats`)}, json('[]')))`,
    identityOf: noIdentity,
    subject: ', u.sandbox AS inSandbox, t.title_id AS titleId, t.name AS title',
    joins: 'JOIN title t ON t.title_id = u.title_id'
  },
  progress: {
    table: 'progress',
    key: ['person', 'sandbox', 'achievement'],
    personOf: (row) => `${row}.person`,
    membersOf: (row) => `json_object('percentComplete', ${row}.percent_complete, 'timeUnlocked', ${row}.time_unlocked, 'isRevoked', ${boolean(`${row}.is_revoked`)},
      'requirements', json((SELECT json_group_array(json_object('id', value ->> 0, 'current', value ->> 1)) FROM json_each(${row}.current))))`,
    identityOf: noIdentity,
    subject: ', u.sandbox AS inSandbox, t.title_id AS titleId, t.name AS title, c.scid, a.id, x.name',
    joins: `JOIN achievement a ON a.row = u.achievement JOIN service_configuration c ON c.row = a.service_configuration JOIN title t ON t.title_id = a.title_id
      JOIN achievement_text x ON x.achievement = a.row AND x.ordinal = 0`
  },
  session: {
    table: 'session',
    key: ['row'],
    personOf: (row) => `${row}.person`,
    membersOf: (row) => `json_object('titleId', ${row}.title_id, 'sandbox', ${row}.sandbox, 'location', ${row}.location, 'thirdPartySite', ${boolean(`${row}.third_party_site`)}, 'expires', ${row}.expires)`,
    identityOf: (row) => `${row}.user_hash || ';' || ${row}.token`,
    subject: '',
    joins: ''
  }
}

/** The rows of a user by XUID or gamertag, as the start or the present has them. */
const ROWS_OF_USER = `(SELECT row FROM person WHERE xuid = :user UNION SELECT row FROM person WHERE gamertag = :user
  UNION SELECT row FROM undo_person WHERE xuid = :user OR gamertag = :user COLLATE NOCASE)`

/**
 * SQL: the rows of an undo log that differ from the table, each with `was` and `now` (members as JSON, or null), the
 * person of each as JSON, whether both are the same entry (`isSame`), its key and its subject.
 *
 * @param range conditions on `u`.
 */
export function recordedDifferences ({ table, key, personOf, membersOf, identityOf, subject, joins }: LoggedTable, { isRanged, isOfUser }: { readonly isRanged: boolean, readonly isOfUser: boolean }): string {
  const columns = key.map((column) => `u.${column}`)
  const conditions = [
    ...isRanged ? [`(${columns.join(', ')}) > (${key.map((_column, index) => `:key${index}`).join(', ')})`] : [],
    ...isOfUser ? [`(${personOf('u')} IN ${ROWS_OF_USER} OR ${personOf('n')} IN ${ROWS_OF_USER})`] : []
  ]
  return `SELECT * FROM (
    SELECT ${columns.map((column, index) => `${column} AS key${index}`).join(', ')}${subject},
      iif(u.existed, ${membersOf('u')}, NULL) AS was, iif(n.${key[0]} IS NULL, NULL, ${membersOf('n')}) AS now,
      ${startPerson(personOf('u'))} AS startPerson, ${presentPerson(personOf('n'))} AS presentPerson,
      ${identityOf('u')} AS startIdentity, ${identityOf('n')} AS presentIdentity
    FROM undo_${table} u LEFT JOIN ${table} n USING (${key.join(', ')}) ${joins}
    ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`} ORDER BY ${columns.join(', ')}
  ) WHERE was IS NOT now OR (was IS NOT NULL AND NOT (${IS_SAME}))`
}

/** SQL: whether a row is about the same entry as before. */
export const IS_SAME = "startPerson ->> 'xuid' IS presentPerson ->> 'xuid' AND startIdentity IS presentIdentity"
