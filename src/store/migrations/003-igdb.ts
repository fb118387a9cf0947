/**
 * A record of every achievement that has none yet, with all that follows from the world: what a world
 * says of it in `igdb` is put over it.
 *
 * Its id is that of the service configuration, in the order of definition, and of the achievement:
 * from 4294967296, so that it is none that a world can give.
 */
export const DERIVE_RECORDS = /* sql */ `
INSERT INTO igdb_record (id, achievement, name, category, created_at, updated_at, icon, external_id, description)
SELECT a.service_configuration * 4294967296 + a.id, a.row, t.name, 2, 0, 0,
  (SELECT json_object('url', value ->> 'url') FROM json_each(a.media_assets) WHERE value ->> 'type' = 'Icon' ORDER BY key LIMIT 1),
  c.scid || '/' || a.id, nullif(t.description, '')
FROM achievement a JOIN service_configuration c ON c.row = a.service_configuration
  JOIN achievement_text t ON t.achievement = a.row AND t.ordinal = 0
WHERE NOT EXISTS (SELECT 1 FROM igdb_record WHERE achievement = a.row);`

/** The IGDB view: what it tells of each achievement but for what follows from progress, and who may ask. */
export const igdb = /* sql */ `
CREATE TABLE igdb_record (
  id INTEGER PRIMARY KEY,
  achievement INTEGER NOT NULL UNIQUE REFERENCES achievement,
  name TEXT NOT NULL,
  category INTEGER NOT NULL,
  -- Milliseconds since 1970.
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- JSON, as the wire has it.
  icon TEXT,
  game INTEGER,
  rank INTEGER,
  external_id TEXT NOT NULL,
  description TEXT,
  -- Given in the place of what is counted.
  owners INTEGER,
  owners_percentage REAL,
  -- A JSON array of at least one.
  tags TEXT,
  language INTEGER,
  -- What the world says of it, as JSON; null for nothing.
  given TEXT
) STRICT;
CREATE INDEX igdb_record_by_name ON igdb_record (name);
CREATE INDEX igdb_record_by_external_id ON igdb_record (external_id);
CREATE INDEX igdb_record_by_game ON igdb_record (game);

CREATE TABLE user_key (
  row INTEGER PRIMARY KEY,
  user_key TEXT NOT NULL UNIQUE
) STRICT;
${DERIVE_RECORDS}
`
