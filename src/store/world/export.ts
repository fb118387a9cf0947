import type { Database } from 'better-sqlite3'
import type { World, WorldAchievement, WorldPlayedTitle, WorldProgress, WorldSession, WorldTitle, WorldUser } from '../../world/schema.ts'

type Row = Readonly<Record<string, any>>

/**
 * Prepares to read the whole database as a world. Every member is written out, and everything is in the order of
 * definition, so that the same state always gives the same bytes.
 */
export function prepareExport (database: Database): () => World {
  const exportTitles = prepareExportTitles(database)
  const exportUsers = prepareExportUsers(database)
  const sessions = database.prepare<[], Row>('SELECT session.*, xuid FROM session LEFT JOIN person ON person.row = session.person ORDER BY session.row')
  const userKeys = database.prepare<[], string>('SELECT user_key FROM user_key ORDER BY row').pluck()
  return () => ({ titles: exportTitles(), users: exportUsers(), sessions: sessions.all().map(toWorldSession), userKeys: userKeys.all() })
}

function prepareExportTitles (database: Database): () => WorldTitle[] {
  const all = (sql: string) => database.prepare<[], Row>(sql)
  const titles = all('SELECT t.*, c.scid, c.is_public, c.status, c.location FROM title t JOIN service_configuration c ON c.row = t.service_configuration ORDER BY t.ordinal')
  const publications = all('SELECT title_id AS owner, sandbox FROM publication ORDER BY title_id, sandbox')
  const achievements = all('SELECT a.*, a.title_id AS owner, t.default_locale, i.given AS igdb FROM achievement a JOIN title t USING (title_id) JOIN igdb_record i ON i.achievement = a.row ORDER BY a.row')
  const texts = all('SELECT *, achievement AS owner FROM achievement_text ORDER BY achievement, ordinal')
  return () => {
    const sandboxesOf = groupByOwner(publications.iterate(), ({ sandbox }) => sandbox as string)
    const textsOf = groupByOwner(texts.iterate(), (row) => row)
    const achievementsOf = groupByOwner(achievements.iterate(), (row) => toWorldAchievement(row, textsOf.get(row['row']) as Row[]))
    return titles.all().map((row) => toWorldTitle(row, sandboxesOf.get(row['title_id']) ?? [], achievementsOf.get(row['title_id']) ?? []))
  }
}

function prepareExportUsers (database: Database): () => WorldUser[] {
  const all = (sql: string) => database.prepare<[], Row>(sql)
  const people = all('SELECT * FROM person ORDER BY row')
  const friendships = all('SELECT f.person AS owner, p.xuid FROM friendship f JOIN person p ON p.row = f.friend ORDER BY f.person, f.friend')
  const plays = all(`SELECT *, person AS owner, title_id AS item, title_id AS published, ${PRESENT_SEQUENCE} AS present_sequence FROM play ORDER BY person, title_id, sandbox`)
  const progress = all(`SELECT p.*, p.person AS owner, c.scid, a.id, p.achievement AS item, c.row AS published FROM progress p JOIN achievement a ON a.row = p.achievement
    JOIN service_configuration c ON c.row = a.service_configuration ORDER BY p.person, p.achievement, p.sandbox`)
  const sandboxesBy = (key: string, view: string) => database.prepare<[], [number, string]>(`SELECT ${key}, group_concat(sandbox ORDER BY sandbox) FROM ${view} GROUP BY ${key}`).raw()
  const playSandboxes = sandboxesBy('title_id', 'play_sandbox')
  const progressSandboxes = sandboxesBy('service_configuration', 'progress_sandbox')
  return () => {
    const friendsOf = groupByOwner(friendships.iterate(), ({ xuid }) => xuid as string)
    const titlesOf = groupByOwner(uniteSandboxes(plays.iterate(), toWorldPlayedTitle, new Map(playSandboxes.all())), ({ entry }) => entry)
    const achievementsOf = groupByOwner(uniteSandboxes(progress.iterate(), toWorldProgress, new Map(progressSandboxes.all())), ({ entry }) => entry)
    return people.all().map(({ row, xuid, gamertag, privacy }) => ({
      xuid,
      gamertag,
      privacy,
      friends: friendsOf.get(row) ?? [],
      titles: titlesOf.get(row) ?? [],
      achievements: achievementsOf.get(row) ?? []
    }))
  }
}

/** The values of rows by their `owner`, in the order of the rows. */
function groupByOwner<R extends Row, T> (rows: Iterable<R>, read: (row: R) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row['owner'])
    if (group === undefined) groups.set(row['owner'], [read(row)])
    else group.push(read(row))
  }
  return groups
}

/** The rows of each `item` of an `owner`, which follow one another. */
function * groupByItem (rows: Iterable<Row>): Generator<readonly [Row, ...Row[]]> {
  let item: [Row, ...Row[]] | undefined
  for (const row of rows) {
    if (item?.[0]['owner'] === row['owner'] && item?.[0]['item'] === row['item']) {
      item?.push(row)
    } else {
      if (item !== undefined) yield item
      item = [row]
    }
  }
  if (item !== undefined) yield item
}

/**
 * Turns rows, each of one sandbox, into entries. One entry that names no sandbox replaces entries that are equal in
 * all sandboxes in which the title or service configuration is published.
 *
 * @param sandboxes by the `published` of a row, comma-delimited.
 */
function * uniteSandboxes<T> (rows: Iterable<Row>, read: (row: Row, sandbox: string | null) => T, sandboxes: ReadonlyMap<number, string>): Generator<{ owner: number, entry: T }> {
  for (const item of groupByItem(rows)) {
    const [first, ...others] = item
    const { owner, published } = first
    const united = read(first, null)
    const isSame = item.map(({ sandbox }) => sandbox).join() === sandboxes.get(published) && others.every((other) => JSON.stringify(read(other, null)) === JSON.stringify(united))
    if (isSame) yield { owner, entry: united }
    else for (const row of item) yield { owner, entry: read(row, row['sandbox']) }
  }
}

/**
 * SQL: the sequence of a `play` that the world set, plus the unlocks since the world was seeded, because the unlocks
 * of an exported world are seeded ones. As in a title history (lists/history.ts), the listed achievements count.
 *
 * CROSS makes SQLite go from the title to its achievements, and not through all progress of the person for each title.
 */
const PRESENT_SEQUENCE = `iif(sequence IS NULL, NULL, min(4294967295, sequence + (
  SELECT count(*) FROM title t CROSS JOIN title d USING (service_configuration, generation)
    CROSS JOIN publication u ON u.title_id = d.title_id AND u.sandbox = play.sandbox CROSS JOIN achievement a ON a.title_id = d.title_id
    CROSS JOIN progress p ON p.person = play.person AND p.sandbox = play.sandbox AND p.achievement = a.row
  WHERE t.title_id = play.title_id AND p.unlock_number > 0)))`

function toWorldTitle (row: Row, sandboxes: string[], achievements: WorldAchievement[]): WorldTitle {
  return {
    titleId: row['title_id'],
    name: row['name'],
    version: row['version'],
    generation: row['generation'],
    achievementSystem: row['achievement_system'],
    refusesUpdates: row['refuses_updates'] === 1,
    titleType: row['title_type'],
    platform: row['platform'],
    platforms: JSON.parse(row['platforms']),
    productId: row['product_id'],
    serviceConfigId: row['scid'],
    public: row['is_public'] === 1,
    sandboxes,
    defaultLocale: row['default_locale'],
    xbox360: { titleType: row['v1_title_type'], platforms: JSON.parse(row['v1_platforms']) },
    status: row['status'],
    location: row['location'],
    achievements
  }
}

function toWorldAchievement (row: Row, texts: readonly Row[]): WorldAchievement {
  return {
    id: row['id'],
    name: toLocalizedText(texts, 'name', row['default_locale']),
    description: toLocalizedText(texts, 'description', row['default_locale']),
    lockedDescription: toLocalizedText(texts, 'locked_description', row['default_locale']),
    isSecret: row['is_secret'] === 1,
    achievementType: row['achievement_type'],
    participationType: row['participation_type'],
    timeWindow: row['time_window'] && JSON.parse(row['time_window']),
    requirements: JSON.parse(row['requirements']),
    mediaAssets: JSON.parse(row['media_assets']),
    rewards: JSON.parse(row['rewards']),
    estimatedTime: row['estimated_time'],
    deeplink: row['deeplink'],
    xbox360: { imageId: row['v1_image_id'], type: row['v1_type'] },
    igdb: row['igdb'] && JSON.parse(row['igdb'])
  }
}

/** A text in the default locale alone is written as a plain string. */
function toLocalizedText (texts: readonly Row[], column: string, defaultLocale: string): string | Record<string, string> {
  if (texts.length === 1 && texts[0]?.['locale'] === defaultLocale) return texts[0]?.[column]
  return Object.fromEntries(texts.map((row) => [row['locale'], row[column]]))
}

function toWorldPlayedTitle (row: Row, sandbox: string | null): WorldPlayedTitle {
  return { titleId: row['title_id'], sandbox, lastPlayed: row['last_played'], sequence: row['present_sequence'] }
}

function toWorldProgress (row: Row, sandbox: string | null): WorldProgress {
  return {
    serviceConfigId: row['scid'],
    id: row['id'],
    sandbox,
    percentComplete: row['percent_complete'],
    timeUnlocked: row['time_unlocked'],
    isRevoked: row['is_revoked'] === 1,
    requirements: JSON.parse(row['current']).map(([id, current]: [string, string]) => ({ id, current }))
  }
}

function toWorldSession (row: Row): WorldSession {
  return {
    userHash: row['user_hash'],
    token: row['token'],
    xuid: row['xuid'],
    titleId: row['title_id'],
    sandbox: row['sandbox'],
    location: row['location'],
    thirdPartySite: row['third_party_site'] === 1,
    expires: row['expires']
  }
}
