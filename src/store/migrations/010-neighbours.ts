import { MUTABLE_TABLES, undoLog, type MutableTable } from './002-undo.ts'
import { SANDBOXED_TABLES } from './008-sandboxed-progress.ts'

/** The tables that change while a world is served and get new columns here, with all their columns. */
export const NEIGHBOUR_TABLES = {
  person: { key: MUTABLE_TABLES.person.key, rest: [...MUTABLE_TABLES.person.rest, 'profile', 'presence', 'sign_in_error'] },
  friendship: { key: MUTABLE_TABLES.friendship.key, rest: ['is_favorite'] },
  play: { key: SANDBOXED_TABLES.play.key, rest: [...SANDBOXED_TABLES.play.rest, 'minutes_played', 'stats'] }
} as const satisfies Readonly<Record<string, MutableTable>>

type NeighbourTable = keyof typeof NEIGHBOUR_TABLES

/** Removes the triggers of a table. They go first: each ALTER TABLE reads the whole schema. */
const dropTriggers = (table: string): string => ['insert', 'update', 'delete'].map((event) => `DROP TRIGGER ${table}_${event};`).join('\n')

/** Makes the undo log of a table anew, with the new columns; what it has stays. Each RENAME would take a millisecond of every start. */
const renewUndoLog = (table: NeighbourTable, before: MutableTable): string => {
  const columns = ['existed', ...before.key, ...before.rest].join(', ')
  return /* sql */ `
CREATE TABLE old_undo_${table} AS SELECT * FROM undo_${table};
DROP TABLE undo_${table};
${undoLog(table, NEIGHBOUR_TABLES[table])}
INSERT INTO undo_${table} (${columns}) SELECT ${columns} FROM old_undo_${table};
DROP TABLE old_undo_${table};`
}

/** What the hosts around the achievements tell of titles and users. */
export const neighbours = /* sql */ `
${Object.keys(NEIGHBOUR_TABLES).map(dropTriggers).join('\n')}
-- What the world says of it for titlehub, as JSON; null for nothing.
ALTER TABLE title ADD COLUMN hub TEXT;
ALTER TABLE title ADD COLUMN pfn TEXT COLLATE NOCASE GENERATED ALWAYS AS (hub ->> '$.pfn') VIRTUAL;
CREATE UNIQUE INDEX title_by_pfn ON title (pfn) WHERE pfn IS NOT NULL;

-- The apps that sign in as a title.
CREATE TABLE title_client (
  client_id TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  title_id INTEGER NOT NULL REFERENCES title,
  -- Its place among those of the title.
  ordinal INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX title_client_by_title ON title_client (title_id, ordinal);

-- As JSON, as the world has them; null for nothing.
ALTER TABLE person ADD COLUMN profile TEXT;
ALTER TABLE person ADD COLUMN presence TEXT;
-- The number with which signing in is refused.
ALTER TABLE person ADD COLUMN sign_in_error INTEGER CHECK (sign_in_error BETWEEN 1 AND 4294967295);
ALTER TABLE friendship ADD COLUMN is_favorite INTEGER NOT NULL DEFAULT 0;
ALTER TABLE play ADD COLUMN minutes_played INTEGER CHECK (minutes_played BETWEEN 0 AND 4294967295);
-- As JSON, without the minutes; null for none.
ALTER TABLE play ADD COLUMN stats TEXT;
${renewUndoLog('person', MUTABLE_TABLES.person)}
${renewUndoLog('friendship', MUTABLE_TABLES.friendship)}
${renewUndoLog('play', SANDBOXED_TABLES.play)}
UPDATE undo_friendship SET is_favorite = 0 WHERE existed;
`
