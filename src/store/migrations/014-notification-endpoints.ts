/** Where clients have notifications sent. Like tokens, endpoints are no part of the world. */
export const notificationEndpoints = /* sql */ `
CREATE TABLE notification_endpoint (
  row INTEGER PRIMARY KEY,
  endpoint_id TEXT NOT NULL UNIQUE,
  -- Not a reference: a user may go, and come back with a reset.
  xuid TEXT NOT NULL,
  title_id INTEGER NOT NULL CHECK (title_id BETWEEN 0 AND 4294967295),
  system_id TEXT NOT NULL,
  endpoint_uri TEXT NOT NULL,
  platform TEXT NOT NULL,
  transport TEXT NOT NULL,
  locale TEXT NOT NULL,
  -- JSON.
  filters TEXT NOT NULL,
  location TEXT,
  origin TEXT NOT NULL,
  created TEXT NOT NULL,
  UNIQUE (xuid, system_id, endpoint_uri)
) STRICT;
CREATE INDEX notification_endpoint_by_title ON notification_endpoint (xuid, title_id);
`
