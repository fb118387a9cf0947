/**
 * The tables of the world. `row` columns are keys of the store alone, and follow the order of definition.
 * Instants are text with seven digits of a second (base/instant.ts), so that their order is alphabetical.
 */
export const world = /* sql */ `
CREATE TABLE world (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  source TEXT NOT NULL,
  -- Another one for each world that is seeded.
  stamp TEXT NOT NULL,
  -- How many achievements were unlocked since the world was seeded.
  unlocks INTEGER NOT NULL DEFAULT 0,
  -- 1 when changes are recorded, so that they can be undone; 0 while a world is being seeded.
  recording INTEGER NOT NULL DEFAULT 0,
  -- The world to go back to, as JSON, when the tables hold another one that was merged from it.
  baseline TEXT
) STRICT;

CREATE TABLE service_configuration (
  row INTEGER PRIMARY KEY,
  scid TEXT NOT NULL UNIQUE,
  is_public INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'moved', 'redirected', 'retired')),
  location TEXT,
  CHECK ((location IS NOT NULL) = (status IN ('moved', 'redirected')))
) STRICT;

CREATE TABLE title (
  title_id INTEGER PRIMARY KEY CHECK (title_id BETWEEN 0 AND 4294967295),
  -- Its place in the order of definition.
  ordinal INTEGER NOT NULL,
  service_configuration INTEGER NOT NULL REFERENCES service_configuration,
  name TEXT NOT NULL,
  version TEXT,
  generation TEXT NOT NULL CHECK (generation IN ('modern', 'xbox360')),
  title_type TEXT NOT NULL,
  platform TEXT NOT NULL,
  platforms TEXT NOT NULL,
  product_id TEXT,
  default_locale TEXT NOT NULL,
  -- As V1 has them; the platforms are JSON.
  v1_title_type INTEGER NOT NULL,
  v1_platforms TEXT NOT NULL
) STRICT;
CREATE INDEX title_by_service_configuration ON title (service_configuration);

CREATE TABLE publication (
  sandbox TEXT NOT NULL,
  title_id INTEGER NOT NULL REFERENCES title,
  PRIMARY KEY (sandbox, title_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX publication_by_title ON publication (title_id);

CREATE TABLE achievement (
  row INTEGER PRIMARY KEY,
  service_configuration INTEGER NOT NULL REFERENCES service_configuration,
  id INTEGER NOT NULL CHECK (id BETWEEN 0 AND 4294967295),
  -- The title whose document defines it.
  title_id INTEGER NOT NULL REFERENCES title,
  is_secret INTEGER NOT NULL,
  achievement_type TEXT NOT NULL CHECK (achievement_type IN ('Persistent', 'Challenge')),
  participation_type TEXT NOT NULL,
  -- JSON, as the wire has it.
  time_window TEXT,
  requirements TEXT NOT NULL,
  media_assets TEXT NOT NULL,
  rewards TEXT NOT NULL,
  estimated_time TEXT,
  deeplink TEXT,
  -- The sum of its Gamerscore rewards.
  gamerscore INTEGER NOT NULL,
  -- As V1 has them.
  v1_image_id INTEGER NOT NULL,
  v1_type INTEGER NOT NULL,
  -- When a challenge's window ends.
  ends_at TEXT,
  UNIQUE (service_configuration, id)
) STRICT;
-- The row is the last column of every index: these are the list's orders, without and with a title.
CREATE INDEX achievement_by_service_configuration ON achievement (service_configuration);
CREATE INDEX achievement_by_title ON achievement (title_id);
CREATE INDEX achievement_by_end ON achievement (ends_at) WHERE ends_at IS NOT NULL;

CREATE TABLE achievement_text (
  achievement INTEGER NOT NULL REFERENCES achievement,
  -- The title's default locale first.
  ordinal INTEGER NOT NULL,
  locale TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  locked_description TEXT NOT NULL,
  PRIMARY KEY (achievement, ordinal),
  UNIQUE (achievement, locale)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  row INTEGER PRIMARY KEY,
  -- Canonical decimal: 64 unsigned bits do not fit an INTEGER.
  xuid TEXT NOT NULL UNIQUE,
  gamertag TEXT NOT NULL UNIQUE COLLATE NOCASE,
  privacy TEXT NOT NULL CHECK (privacy IN ('everyone', 'friendsOnly', 'blocked'))
) STRICT;

CREATE TABLE friendship (
  person INTEGER NOT NULL REFERENCES person,
  friend INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (person, friend)
) STRICT, WITHOUT ROWID;
CREATE INDEX friendship_by_friend ON friendship (friend);

CREATE TABLE progress (
  person INTEGER NOT NULL REFERENCES person,
  achievement INTEGER NOT NULL REFERENCES achievement,
  percent_complete INTEGER NOT NULL CHECK (percent_complete BETWEEN 0 AND 100),
  -- Null while it is locked; the zero date when it was unlocked nobody knows when.
  time_unlocked TEXT,
  -- The value of world.unlocks after this unlock; 0 when it was seeded.
  unlock_number INTEGER,
  is_revoked INTEGER NOT NULL,
  -- JSON: pairs of a requirement id and its current value.
  current TEXT NOT NULL,
  PRIMARY KEY (person, achievement),
  CHECK ((time_unlocked IS NULL) = (unlock_number IS NULL)),
  CHECK (percent_complete < 100 OR time_unlocked IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX progress_by_unlock ON progress (person, time_unlocked DESC, achievement) WHERE time_unlocked IS NOT NULL;
CREATE INDEX progress_by_achievement ON progress (achievement, time_unlocked);

-- A title that a person has played, whatever the progress on its achievements.
CREATE TABLE play (
  person INTEGER NOT NULL REFERENCES person,
  title_id INTEGER NOT NULL REFERENCES title,
  last_played TEXT NOT NULL,
  PRIMARY KEY (person, title_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX play_by_title ON play (title_id);

CREATE TABLE session (
  row INTEGER PRIMARY KEY,
  user_hash TEXT NOT NULL,
  token TEXT NOT NULL,
  person INTEGER REFERENCES person,
  title_id INTEGER REFERENCES title,
  sandbox TEXT,
  location TEXT,
  third_party_site INTEGER NOT NULL,
  expires TEXT,
  UNIQUE (user_hash, token)
) STRICT;
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_title ON session (title_id);
`
