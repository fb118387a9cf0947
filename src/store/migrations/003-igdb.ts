/**
 * Adds a record for every achievement that has none, with the members that follow from the world. What the world
 * sets in `igdb` replaces them later.
 *
 * The id is made of the row of the service configuration and the id of the achievement. It is at least 4294967296,
 * which is more than a world can set.
 */
export const DERIVE_RECORDS = /* sql */ `
INSERT INTO igdb_record (id, achievement, name, category, created_at, updated_at, icon, external_id, description)
SELECT a.service_configuration * 4294967296 + a.id, a.row, t.name, 2, 0, 0,
  (SELECT json_object('url', value ->> 'url') FROM json_each(a.media_assets) WHERE value ->> 'type' = 'Icon' ORDER BY key LIMIT 1),
  c.scid || '/' || a.id, nullif(t.description, '')
FROM achievement a JOIN service_configuration c ON c.row = a.service_configuration
  JOIN achievement_text t ON t.achievement = a.row AND t.ordinal = 0
WHERE NOT EXISTS (SELECT 1 FROM igdb_record WHERE achievement = a.row);`

/** The records of the IGDB host, without what is counted from progress, and the keys of its users. */
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
