import type { Database } from 'better-sqlite3'
import type { WorldAchievement, WorldTitle } from '../../world/schema.ts'
import { groupByOwner, type Row } from './rows.ts'

/**
 * Prepares to read titles as a world has them.
 *
 * @param which all titles, or the one whose id the function is given.
 */
export function prepareReadTitles (database: Database, which: 'all' | 'one'): (titleId?: number) => WorldTitle[] {
  const all = (sql: string) => database.prepare<[object], Row>(sql)
  const where = (title: string): string => which === 'all' ? '' : `WHERE ${title} = :titleId`
  const titles = all(`SELECT t.*, c.scid, c.is_public, c.status, c.location FROM title t JOIN service_configuration c ON c.row = t.service_configuration ${where('t.title_id')} ORDER BY t.ordinal`)
  const publications = all(`SELECT title_id AS owner, sandbox FROM publication ${where('title_id')} ORDER BY title_id, sandbox`)
  const clients = all(`SELECT title_id AS owner, client_id FROM title_client ${where('title_id')} ORDER BY title_id, ordinal`)
  const achievements = all(`SELECT a.*, a.title_id AS owner, t.default_locale, i.given AS igdb FROM achievement a JOIN title t USING (title_id) JOIN igdb_record i ON i.achievement = a.row ${where('a.title_id')} ORDER BY a.row`)
  const texts = all(which === 'all'
    ? 'SELECT *, achievement AS owner FROM achievement_text ORDER BY achievement, ordinal'
    : 'SELECT x.*, x.achievement AS owner FROM achievement a JOIN achievement_text x ON x.achievement = a.row WHERE a.title_id = :titleId ORDER BY a.row, x.ordinal')
  return (titleId) => {
    const key = { titleId }
    const sandboxesOf = groupByOwner(publications.iterate(key), ({ sandbox }) => sandbox as string)
    const clientsOf = groupByOwner(clients.iterate(key), ({ client_id: clientId }) => clientId as string)
    const textsOf = groupByOwner(texts.iterate(key), (row) => row)
    const achievementsOf = groupByOwner(achievements.iterate(key), (row) => toWorldAchievement(row, textsOf.get(row['row']) as Row[]))
    return titles.all(key).map((row) => toWorldTitle(row, {
      sandboxes: sandboxesOf.get(row['title_id']) ?? [], clientIds: clientsOf.get(row['title_id']) ?? [], achievements: achievementsOf.get(row['title_id']) ?? []
    }))
  }
}

function toWorldTitle (row: Row, { sandboxes, clientIds, achievements }: Pick<WorldTitle, 'sandboxes' | 'clientIds' | 'achievements'>): WorldTitle {
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
    clientIds,
    titleHub: row['hub'] && JSON.parse(row['hub']),
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
