import type { AchievementDefinition } from '../model/achievement.ts'
import { NO_PROGRESS, type Progress } from '../model/progress.ts'

/** The columns of a definition, of `achievement a`, its title `t` and its service configuration `c`. */
export const DEFINITION_COLUMNS = /* sql */ `
  a.row, a.id, c.scid AS serviceConfigId, a.title_id AS titleId, t.achievement_system AS system, t.refuses_updates AS refusesUpdates, t.platform, t.platforms,
  t.product_id AS productId, (SELECT json_group_array(locale ORDER BY ordinal) FROM achievement_text WHERE achievement = a.row) AS locales,
  a.is_secret AS isSecret, a.achievement_type AS achievementType, a.participation_type AS participationType, a.time_window AS timeWindow, a.requirements,
  a.media_assets AS mediaAssets, a.rewards, a.estimated_time AS estimatedTime, a.deeplink, a.gamerscore,
  a.v1_image_id AS v1ImageId, a.v1_type AS v1Type, t.v1_platforms AS v1Platforms`

/** The columns of progress `p`. In a LEFT JOIN all of them are null when there is none. */
export const PROGRESS_COLUMNS = 'p.percent_complete, p.time_unlocked, p.is_revoked, p.current'

type JsonColumn = 'platforms' | 'locales' | 'requirements' | 'mediaAssets' | 'rewards'
type BooleanColumn = 'refusesUpdates' | 'isSecret'

/** A definition as SQLite returns it. */
export interface DefinitionRow extends Omit<AchievementDefinition, JsonColumn | BooleanColumn | 'timeWindow' | 'xbox360'>,
  Readonly<Record<JsonColumn, string>>, Readonly<Record<BooleanColumn, number>> {
  /** JSON. */
  readonly timeWindow: string | null
  readonly v1ImageId: number
  readonly v1Type: number
  /** JSON. */
  readonly v1Platforms: string
}

export interface ProgressRow {
  readonly percent_complete: number | null
  readonly time_unlocked: string | null
  readonly is_revoked: number | null
  readonly current: string | null
}

export function readDefinition ({ v1ImageId, v1Type, v1Platforms, ...row }: DefinitionRow): AchievementDefinition {
  return {
    ...row,
    refusesUpdates: row.refusesUpdates === 1,
    platforms: JSON.parse(row.platforms),
    locales: JSON.parse(row.locales),
    isSecret: row.isSecret === 1,
    timeWindow: row.timeWindow === null ? null : JSON.parse(row.timeWindow),
    requirements: JSON.parse(row.requirements),
    mediaAssets: JSON.parse(row.mediaAssets),
    rewards: JSON.parse(row.rewards),
    xbox360: { imageId: v1ImageId, type: v1Type, platform: JSON.parse(v1Platforms)[0] }
  }
}

export function readProgress ({ percent_complete: percentComplete, time_unlocked: timeUnlocked, is_revoked: revoked, current }: ProgressRow): Progress {
  if (percentComplete === null || current === null) return NO_PROGRESS
  return { percentComplete, timeUnlocked, isRevoked: revoked === 1, current: new Map(JSON.parse(current)) }
}
