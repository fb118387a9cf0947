/**
 * What was there before the first change since the world was seeded, row by row, so that a reset
 * costs what was changed and not what there is.
 *
 * A row of `undo_T` is the row of `T` as it was (`existed` 1), or the key of one that was not there.
 */

/** A table that changes while a world is served: its key, and what else it holds. */
export interface Mutable {
  readonly key: readonly string[]
  readonly rest: readonly string[]
}

/** The tables that change. Later migrations have given some of them other columns. */
export const MUTABLE_AT_FIRST = {
  person: { key: ['row'], rest: ['xuid', 'gamertag', 'privacy'] },
  friendship: { key: ['person', 'friend'], rest: [] },
  play: { key: ['person', 'title_id'], rest: ['last_played'] },
  progress: { key: ['person', 'achievement'], rest: ['percent_complete', 'time_unlocked', 'unlock_number', 'is_revoked', 'current'] },
  session: { key: ['row'], rest: ['user_hash', 'token', 'person', 'title_id', 'sandbox', 'location', 'third_party_site', 'expires'] }
} as const satisfies Readonly<Record<string, Mutable>>

const RECORDING = '(SELECT recording FROM world)'

/** Makes `undo_T` and the triggers that fill it. */
export function record (table: string, { key, rest }: Mutable): string {
  const columns = [...key, ...rest]
  const from = (version: 'old' | 'new', names: readonly string[]): string => names.map((name) => `${version}.${name}`).join(', ')
  const isKnown = (version: 'old' | 'new'): string =>
    `EXISTS (SELECT 1 FROM undo_${table} WHERE ${key.map((name) => `${name} = ${version}.${name}`).join(' AND ')})`
  const keepOld = `INSERT INTO undo_${table} (existed, ${columns.join(', ')}) SELECT 1, ${from('old', columns)} WHERE NOT ${isKnown('old')};`
  return /* sql */ `
CREATE TABLE undo_${table} (existed INTEGER NOT NULL, ${columns.join(', ')}, PRIMARY KEY (${key.join(', ')})) WITHOUT ROWID;
CREATE TRIGGER ${table}_insert AFTER INSERT ON ${table} WHEN ${RECORDING} BEGIN
  INSERT INTO undo_${table} (existed, ${key.join(', ')}) SELECT 0, ${from('new', key)} WHERE NOT ${isKnown('new')};
END;
CREATE TRIGGER ${table}_update BEFORE UPDATE ON ${table} WHEN ${RECORDING} BEGIN
  ${keepOld}
END;
CREATE TRIGGER ${table}_delete BEFORE DELETE ON ${table} WHEN ${RECORDING} BEGIN
  ${keepOld}
END;`
}

export const undo = Object.entries(MUTABLE_AT_FIRST).map(([table, columns]) => record(table, columns)).join('\n')
