import { MUTABLE_TABLES, undoLog } from './002-undo.ts'

/** The tables that this migration replaces, with their new columns. */
export const SANDBOXED_TABLES = {
  play: { key: ['person', 'sandbox', 'title_id'], rest: ['last_played', 'sequence'] },
  progress: { key: ['person', 'sandbox', 'achievement'], rest: MUTABLE_TABLES.progress.rest }
} as const

const TABLE_NAMES = ['play', 'progress'] as const

/** Renames a table and drops its triggers, so that a new one can have the name. */
const renameOld = (table: typeof TABLE_NAMES[number]): string => /* sql */ `
DROP TRIGGER ${table}_insert;
DROP TRIGGER ${table}_update;
DROP TRIGGER ${table}_delete;
ALTER TABLE ${table} RENAME TO old_${table};
ALTER TABLE undo_${table} RENAME TO old_undo_${table};`

/** Copies each row once for every sandbox. */
const copyToSandboxes = (table: typeof TABLE_NAMES[number], sandboxes: string): string => {
  const columns = [...MUTABLE_TABLES[table].key, ...MUTABLE_TABLES[table].rest].join(', ')
  return /* sql */ `
INSERT INTO ${table} (sandbox, ${columns}) SELECT sandbox, ${columns} FROM old_${table} ${sandboxes};
INSERT INTO undo_${table} (existed, sandbox, ${columns}) SELECT existed, sandbox, ${columns} FROM old_undo_${table} ${sandboxes};
DROP TABLE old_${table};
DROP TABLE old_undo_${table};`
}

/**
 * Stores progress and plays by sandbox. Those that were stored before, and those for which a world names no sandbox,
 * are stored for every sandbox in which the title is published.
 */
export const sandboxedProgress = /* sql */ `
-- Where a title that names no sandbox was played: where it is published; RETAIL when that is nowhere.
CREATE VIEW play_sandbox AS
SELECT title_id, sandbox FROM publication
UNION ALL SELECT title_id, 'RETAIL' FROM title t WHERE NOT EXISTS (SELECT 1 FROM publication WHERE title_id = t.title_id);

-- Where progress that names no sandbox stands: where a title of the service configuration is published.
CREATE VIEW progress_sandbox AS
SELECT DISTINCT t.service_configuration, u.sandbox FROM title t JOIN publication u USING (title_id)
UNION ALL SELECT row, 'RETAIL' FROM service_configuration c
  WHERE NOT EXISTS (SELECT 1 FROM title JOIN publication USING (title_id) WHERE service_configuration = c.row);

${TABLE_NAMES.map(renameOld).join('\n')}
DROP INDEX play_by_title;
DROP INDEX progress_by_unlock;
DROP INDEX progress_by_achievement;

-- A title that a person has played in a sandbox, whatever the progress on its achievements.
CREATE TABLE play (
  person INTEGER NOT NULL REFERENCES person,
  sandbox TEXT NOT NULL,
  title_id INTEGER NOT NULL REFERENCES title,
  last_played TEXT NOT NULL,
  -- As V1's history has it; null: what follows from the rest.
  sequence INTEGER CHECK (sequence BETWEEN 0 AND 4294967295),
  PRIMARY KEY (person, sandbox, title_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
  person INTEGER NOT NULL REFERENCES person,
  sandbox TEXT NOT NULL,
  achievement INTEGER NOT NULL REFERENCES achievement,
  percent_complete INTEGER NOT NULL CHECK (percent_complete BETWEEN 0 AND 100),
  -- Null while it is locked; the zero date when it was unlocked nobody knows when.
  time_unlocked TEXT,
  -- The value of world.unlocks after this unlock; 0 when it was seeded.
  unlock_number INTEGER,
  is_revoked INTEGER NOT NULL,
  -- JSON: pairs of a requirement id and its current value.
  current TEXT NOT NULL,
  PRIMARY KEY (person, sandbox, achievement),
  CHECK ((time_unlocked IS NULL) = (unlock_number IS NULL)),
  CHECK (percent_complete < 100 OR time_unlocked IS NOT NULL)
) STRICT, WITHOUT ROWID;

${TABLE_NAMES.map((table) => undoLog(table, SANDBOXED_TABLES[table])).join('\n')}

UPDATE world SET recording = 0;
${copyToSandboxes('play', 'JOIN play_sandbox USING (title_id)')}
${copyToSandboxes('progress', 'JOIN achievement a ON a.row = achievement JOIN progress_sandbox USING (service_configuration)')}
UPDATE world SET recording = 1;

CREATE INDEX play_by_title ON play (title_id, sandbox);
CREATE INDEX progress_by_unlock ON progress (person, sandbox, time_unlocked DESC, achievement) WHERE time_unlocked IS NOT NULL;
CREATE INDEX progress_by_achievement ON progress (achievement, sandbox, time_unlocked);
`
