import type { Database } from 'better-sqlite3'
import type { World, WorldAchievement, WorldSession, WorldTitle, WorldUser } from '../../world/schema.ts'
import type { LocalizedText } from '../../model/achievement.ts'

type Row = Readonly<Record<string, any>>

/**
 * Prepares to read the whole database as a world: every member written out, everything in the order
 * of definition, so that the same state gives the same bytes.
 */
export function prepareExport (database: Database): () => World {
  const all = (sql: string) => database.prepare<[], Row>(sql)
  const titles = all('SELECT t.*, c.scid, c.is_public, c.status, c.location FROM title t JOIN service_configuration c ON c.row = t.service_configuration ORDER BY t.ordinal')
  const publications = all('SELECT title_id AS owner, sandbox FROM publication ORDER BY title_id, sandbox')
  const achievements = all('SELECT a.*, a.title_id AS owner, t.default_locale, i.given AS igdb FROM achievement a JOIN title t USING (title_id) JOIN igdb_record i ON i.achievement = a.row ORDER BY a.row')
  const texts = all('SELECT *, achievement AS owner FROM achievement_text ORDER BY achievement, ordinal')
  const people = all('SELECT * FROM person ORDER BY row')
  const friendships = all('SELECT f.person AS owner, p.xuid FROM friendship f JOIN person p ON p.row = f.friend ORDER BY f.person, f.friend')
  const plays = all(`SELECT *, person AS owner, title_id AS item, title_id AS placed, ${COUNTED_ON} AS sequence_now FROM play ORDER BY person, title_id, sandbox`)
  const progress = all(`SELECT p.*, p.person AS owner, c.scid, a.id, p.achievement AS item, c.row AS placed FROM progress p JOIN achievement a ON a.row = p.achievement
    JOIN service_configuration c ON c.row = a.service_configuration ORDER BY p.person, p.achievement, p.sandbox`)
  const everywhere = (placed: string, view: string) => database.prepare<[], [number, string]>(`SELECT ${placed}, group_concat(sandbox ORDER BY sandbox) FROM ${view} GROUP BY ${placed}`).raw()
  const playedIn = everywhere('title_id', 'play_sandbox')
  const begunIn = everywhere('service_configuration', 'progress_sandbox')
  const sessions = all('SELECT session.*, xuid FROM session LEFT JOIN person ON person.row = session.person ORDER BY session.row')
  const userKeys = all('SELECT user_key FROM user_key ORDER BY row')

  return () => {
    const of = {
      sandboxes: group(publications.iterate(), sandboxOf),
      texts: group(texts.iterate(), (row) => row),
      friends: group(friendships.iterate(), ({ xuid }) => xuid as string),
      titles: group(unite(plays.iterate(), exportPlay, new Map(playedIn.all())), ({ entry }) => entry),
      progress: group(unite(progress.iterate(), exportProgress, new Map(begunIn.all())), ({ entry }) => entry)
    }
    const defined = group(achievements.iterate(), (row) => exportAchievement(row, of.texts.get(row['row']) as Row[]))
    return {
      titles: titles.all().map((row) => exportTitle(row, of.sandboxes.get(row['title_id']) ?? [], defined.get(row['title_id']) ?? [])),
      users: people.all().map(({ row, xuid, gamertag, privacy }) => ({
        xuid,
        gamertag,
        privacy,
        friends: of.friends.get(row) ?? [],
        titles: of.titles.get(row) ?? [],
        achievements: of.progress.get(row) ?? []
      })),
      sessions: sessions.all().map(exportSession),
      userKeys: userKeys.all().map((row) => row['user_key'])
    }
  }
}

/** What belongs to each owner, in order. */
function group<R extends Row, T> (rows: Iterable<R>, read: (row: R) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const known = groups.get(row['owner'])
    if (known === undefined) groups.set(row['owner'], [read(row)])
    else known.push(read(row))
  }
  return groups
}

const sandboxOf = (row: Row): string => row['sandbox']

/** The rows of one `item` of one owner, which stand one behind the other. */
function * itemsOf (rows: Iterable<Row>): Generator<readonly [Row, ...Row[]]> {
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
 * Rows of one sandbox each as entries, of which one that names no sandbox takes the place of those that
 * say the same in every one.
 *
 * @param everywhere the sandboxes of each `placed`, comma-delimited.
 */
function * unite<T> (rows: Iterable<Row>, read: (row: Row, sandbox: string | null) => T, everywhere: ReadonlyMap<number, string>): Generator<{ owner: number, entry: T }> {
  for (const item of itemsOf(rows)) {
    const [first, ...others] = item
    const { owner, placed } = first
    const united = read(first, null)
    const isSame = item.map(sandboxOf).join() === everywhere.get(placed) && others.every((other) => JSON.stringify(read(other, null)) === JSON.stringify(united))
    if (isSame) yield { owner, entry: united }
    else for (const row of item) yield { owner, entry: read(row, sandboxOf(row)) }
  }
}

/**
 * A sequence that was given, and what was unlocked since the world was seeded: a world that is exported has
 * no unlocks since. What counts is what the history counts (history.ts): what is listed in the sandbox.
 *
 * CROSS: from the title to its achievements, or all that the person has done is read for each title.
 */
const COUNTED_ON = `iif(sequence IS NULL, NULL, min(4294967295, sequence + (
  SELECT count(*) FROM title t CROSS JOIN title d USING (service_configuration, generation)
    CROSS JOIN publication u ON u.title_id = d.title_id AND u.sandbox = play.sandbox CROSS JOIN achievement a ON a.title_id = d.title_id
    CROSS JOIN progress p ON p.person = play.person AND p.sandbox = play.sandbox AND p.achievement = a.row
  WHERE t.title_id = play.title_id AND p.unlock_number > 0)))`

function exportTitle (row: Row, sandboxes: string[], achievements: WorldAchievement[]): WorldTitle {
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

function exportAchievement (row: Row, texts: readonly Row[]): WorldAchievement {
  return {
    id: row['id'],
    name: exportText(texts, 'name', row['default_locale']),
    description: exportText(texts, 'description', row['default_locale']),
    lockedDescription: exportText(texts, 'locked_description', row['default_locale']),
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

/** A plain string is in the title's default locale, to the letter. */
function exportText (texts: readonly Row[], column: string, defaultLocale: string): Exclude<LocalizedText, Readonly<Record<string, string>>> | Record<string, string> {
  if (texts.length === 1 && texts[0]?.['locale'] === defaultLocale) return texts[0]?.[column]
  return Object.fromEntries(texts.map((row) => [row['locale'], row[column]]))
}

function exportPlay (row: Row, sandbox: string | null): WorldUser['titles'][number] {
  return { titleId: row['title_id'], sandbox, lastPlayed: row['last_played'], sequence: row['sequence_now'] }
}

function exportProgress (row: Row, sandbox: string | null): WorldUser['achievements'][number] {
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

function exportSession (row: Row): WorldSession {
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
