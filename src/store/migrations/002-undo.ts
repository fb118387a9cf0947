/**
 * An undo log: each changed row as it was when the world was seeded. The time of a reset then depends
 * on how much was changed, and not on the size of the world.
 *
 * A row of `undo_T` is a row of `T` as it was (`existed` 1), or the key of a row that was added (`existed` 0).
 */

/** The columns of a table that changes while a world is served: its key, and the others. */
export interface MutableTable {
  readonly key: readonly string[]
  readonly rest: readonly string[]
}

/** The tables that change, with the columns that they have here. Later migrations change some of them. */
export const MUTABLE_TABLES = {
  person: { key: ['row'], rest: ['xuid', 'gamertag', 'privacy'] },
  friendship: { key: ['person', 'friend'], rest: [] },
  play: { key: ['person', 'title_id'], rest: ['last_played'] },
  progress: { key: ['person', 'achievement'], rest: ['percent_complete', 'time_unlocked', 'unlock_number', 'is_revoked', 'current'] },
  session: { key: ['row'], rest: ['user_hash', 'token', 'person', 'title_id', 'sandbox', 'location', 'third_party_site', 'expires'] }
} as const satisfies Readonly<Record<string, MutableTable>>

const RECORDING = '(SELECT recording FROM world)'

/** SQL that creates `undo_T` and the triggers that fill it. */
export function undoLog (table: string, { key, rest }: MutableTable): string {
  const columns = [...key, ...rest]
  const from = (version: 'old' | 'new', names: readonly string[]): string => names.map((name) => `${version}.${name}`).join(', ')
  const isLogged = (version: 'old' | 'new'): string =>
    `EXISTS (SELECT 1 FROM undo_${table} WHERE ${key.map((name) => `${name} = ${version}.${name}`).join(' AND ')})`
  const logOld = `INSERT INTO undo_${table} (existed, ${columns.join(', ')}) SELECT 1, ${from('old', columns)} WHERE NOT ${isLogged('old')};`
  return /* sql */ `
CREATE TABLE undo_${table} (existed INTEGER NOT NULL, ${columns.join(', ')}, PRIMARY KEY (${key.join(', ')})) WITHOUT ROWID;
CREATE TRIGGER ${table}_insert AFTER INSERT ON ${table} WHEN ${RECORDING} BEGIN
  INSERT INTO undo_${table} (existed, ${key.join(', ')}) SELECT 0, ${from('new', key)} WHERE NOT ${isLogged('new')};
END;
CREATE TRIGGER ${table}_update BEFORE UPDATE ON ${table} WHEN ${RECORDING} BEGIN
  ${logOld}
END;
CREATE TRIGGER ${table}_delete BEFORE DELETE ON ${table} WHEN ${RECORDING} BEGIN
  ${logOld}
END;`
}

export const undo = Object.entries(MUTABLE_TABLES).map(([table, columns]) => undoLog(table, columns)).join('\n')
