import { DEMO, GAMER, LARGE_TITLE, listOf, NOW, type Emulator } from './helper.ts'

/** An item of a list, as far as the tests look at it by name. */
export interface Item {
  id: string
  titleAssociations: Array<{ name: string, id: number, version: string | null }>
  progressState: string
  progression: { achievementState: string, requirements: Array<{ id: string, current: string | null }> | null, timeUnlocked: string }
  isRevoked: boolean
}

export interface Page {
  achievements: Item[]
  pagingInfo: { continuationToken: string | null, totalRecords: number }
}

/** A page of the user gamer's list. */
export async function page (get: Emulator['get'], query: string): Promise<Page> {
  const response = await get(listOf(GAMER, query))
  if (response.statusCode !== 200) throw new Error(`${query}: ${response.body}`)
  return response.json()
}

export const ids = ({ achievements }: Page): string[] => achievements.map(({ id }) => id)

const title = DEMO.titles.find(({ titleId }) => titleId === LARGE_TITLE)
const gamer = DEMO.users.find(({ xuid }) => xuid === GAMER)

/** The large title as its document defines it, with what gamer has done: what a list must say, worked out without the store. */
export const LARGE = (title?.achievements ?? []).map((achievement) => {
  const progress = gamer?.achievements.find(({ serviceConfigId, id }) => serviceConfigId === title?.serviceConfigId && id === achievement.id)
  const begun = progress !== undefined && (progress.percentComplete > 0 || progress.requirements.length > 0)
  return {
    id: String(achievement.id),
    achievementType: achievement.achievementType,
    endDate: achievement.timeWindow?.endDate ?? '',
    progress,
    state: progress?.timeUnlocked != null ? 'Achieved' : begun ? 'InProgress' : 'NotStarted',
    requirements: achievement.requirements.length === 0
      ? null
      : achievement.requirements.map(({ id, target, operationType, ruleParticipationType }) => ({
        id,
        current: progress?.requirements.find((requirement) => requirement.id === id)?.current ?? null,
        target,
        operationType: operationType ?? 'Sum',
        ruleParticipationType
      }))
  }
})

/** Unlocks an achievement of the large title for gamer, past HTTP. */
export function unlock ({ run }: Pick<Emulator, 'run'>, id: string, timeUnlocked: string): void {
  run('progress.set', {
    xuid: GAMER, scid: title?.serviceConfigId ?? '', id: Number(id), sandbox: 'RETAIL', percentComplete: 100, timeUnlocked, isRevoked: false, requirements: [], now: NOW
  })
}
