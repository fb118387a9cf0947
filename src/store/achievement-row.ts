import type { AchievementSystem } from '../model/title.ts'
import type { AchievementType, Definition } from '../model/achievement.ts'
import { UNTOUCHED, type Progress } from '../model/progress.ts'

/** The columns of a definition, of `achievement a`, its title `t` and its service configuration `c`. */
export const DEFINITION_COLUMNS = /* sql */ `
  a.row, a.id, c.scid, a.title_id, t.achievement_system, t.refuses_updates, t.platform, t.platforms, t.product_id, t.v1_platforms, a.is_secret, a.achievement_type, a.participation_type, a.time_window,
  a.requirements, a.media_assets, a.rewards, a.estimated_time, a.deeplink, a.gamerscore, a.v1_image_id, a.v1_type,
  (SELECT json_group_array(locale ORDER BY ordinal) FROM achievement_text WHERE achievement = a.row) AS locales`

/** The columns of progress `p`. In a LEFT JOIN all of them are null when there is none. */
export const PROGRESS_COLUMNS = 'p.percent_complete, p.time_unlocked, p.is_revoked, p.current'

export interface DefinitionRow {
  readonly row: number
  readonly id: number
  readonly scid: string
  readonly title_id: number
  readonly achievement_system: AchievementSystem | null
  readonly refuses_updates: number
  readonly platform: string
  readonly platforms: string
  readonly product_id: string | null
  readonly v1_platforms: string
  readonly is_secret: number
  readonly achievement_type: AchievementType
  readonly participation_type: string
  readonly time_window: string | null
  readonly requirements: string
  readonly media_assets: string
  readonly rewards: string
  readonly estimated_time: string | null
  readonly deeplink: string | null
  readonly gamerscore: number
  readonly v1_image_id: number
  readonly v1_type: number
  readonly locales: string
}

export interface ProgressRow {
  readonly percent_complete: number | null
  readonly time_unlocked: string | null
  readonly is_revoked: number | null
  readonly current: string | null
}

export function readDefinition (row: DefinitionRow): Definition {
  return {
    row: row.row,
    id: row.id,
    serviceConfigId: row.scid,
    titleId: row.title_id,
    system: row.achievement_system,
    refusesUpdates: row.refuses_updates === 1,
    platform: row.platform,
    platforms: JSON.parse(row.platforms),
    productId: row.product_id,
    locales: JSON.parse(row.locales),
    isSecret: row.is_secret === 1,
    achievementType: row.achievement_type,
    participationType: row.participation_type,
    timeWindow: row.time_window === null ? null : JSON.parse(row.time_window),
    requirements: JSON.parse(row.requirements),
    mediaAssets: JSON.parse(row.media_assets),
    rewards: JSON.parse(row.rewards),
    estimatedTime: row.estimated_time,
    deeplink: row.deeplink,
    gamerscore: row.gamerscore,
    xbox360: { imageId: row.v1_image_id, type: row.v1_type, platform: JSON.parse(row.v1_platforms)[0] }
  }
}

export function readProgress ({ percent_complete: percentComplete, time_unlocked: timeUnlocked, is_revoked: revoked, current }: ProgressRow): Progress {
  if (percentComplete === null || current === null) return UNTOUCHED
  return { percentComplete, timeUnlocked, isRevoked: revoked === 1, current: new Map(JSON.parse(current)) }
}
