import { useState } from 'preact/hooks'
import { toggleOf, type ProgressDeed } from '../../text/progress-entries.ts'
import { NO_SELECTION, selectRange, toggleRow } from '../../text/selection.ts'
import { achievementsPath, MOST_USERS_FOR_RARITY, type UserView } from '../../text/user-view.ts'
import { setQuery } from '../navigation.ts'
import { inBackground } from '../undo.ts'
import { readWhole, usePages, type Pages } from '../use-pages.ts'
import { useRead } from '../use-read.ts'
import { emulatorTime } from '../weather/weather-state.ts'
import { isAboutUser, keyOfAchievement, type ShownAchievement, type UserTitleDetails } from './user-data.ts'
import { doToAchievements } from './user-deeds.ts'
import { usePercents, type Percents } from './use-percents.ts'

/** The achievements that are shown, which of them are chosen, and what can be done to them. */
export interface AchievementsPane {
  readonly pages: Pages<ShownAchievement>
  /** How many match, on all pages. */
  readonly total: number
  readonly now: number
  readonly percents: Percents
  readonly current: ShownAchievement | undefined
  readonly setCurrent: (achievement: ShownAchievement) => void
  readonly isSelected: (achievement: ShownAchievement) => boolean
  readonly select: (achievement: ShownAchievement, isRange: boolean) => void
  readonly selectAll: () => void
  readonly selectNone: () => void
  readonly selectedCount: number
  readonly isRevealed: (achievement: ShownAchievement) => boolean
  readonly reveal: (achievement: ShownAchievement) => void
  readonly perform: (achievements: readonly ShownAchievement[], deed: ProgressDeed) => void
  /** Does something to what is selected; to the current one when nothing is. `toggle`: unlocks, or locks when all are unlocked. */
  readonly performOnChosen: (deed: ProgressDeed | 'toggle') => void
}

/** What a person sees of the achievements of a user in a title, and does there. */
export function useAchievements ({ xuid, title, view, isRevealing }: { xuid: string, title: UserTitleDetails, view: UserView, isRevealing: boolean }): AchievementsPane {
  const path = useAchievementsPath({ xuid, titleId: title.titleId, view })
  const pages = usePages<ShownAchievement>(path, { concerns: (event) => isAboutUser(xuid)(event) || (event.kind === 'clock' && view.orderBy === 'EndingSoon') })
  const [currentKey, setCurrentKey] = useState<string>()
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set())
  const selection = useSelection(path, pages.items)
  const perform = (achievements: readonly ShownAchievement[], deed: ProgressDeed): void => { doToAchievements(achievements, deed, { xuid, sandbox: view.sandbox }) }
  const percents = usePercents((achievement, percent) => { perform([achievement], { percent }) })
  const current = pages.items.find((item) => keyOfAchievement(item) === currentKey)
  const performOnChosen = (deed: ProgressDeed | 'toggle'): void => {
    const apply = (chosen: readonly ShownAchievement[]): void => { if (chosen.length > 0) perform(chosen, deed === 'toggle' ? toggleOf(chosen) : deed) }
    if (selection.isAll && path !== null) {
      inBackground(readWhole<ShownAchievement>(path).then(apply))
      selection.selectNone()
    } else apply(selection.chosen.length > 0 ? selection.chosen : current === undefined ? [] : [current])
  }
  const total = Number(pages.first?.['totalRecords'] ?? 0)
  return {
    ...selection,
    selectedCount: selection.isAll ? total : selection.chosen.length,
    // Before the path is known nothing is read, and nobody knows that there are none.
    pages: { ...pages, isLoading: pages.isLoading || path === null },
    total,
    now: emulatorTime() ?? Date.now(),
    percents,
    current,
    setCurrent: (achievement) => { setCurrentKey(keyOfAchievement(achievement)) },
    isRevealed: (achievement) => isRevealing || revealed.has(keyOfAchievement(achievement)),
    reveal: (achievement) => { setRevealed((before) => new Set(before).add(keyOfAchievement(achievement))) },
    perform,
    performOnChosen
  }
}

/** The path of the list, with rarity where that is quickly counted; null until it is known whether it is. */
function useAchievementsPath ({ xuid, titleId, view }: { xuid: string, titleId: number, view: UserView }): string | null {
  const health = useRead<{ world: { users: number } }>('/_emulator/health', () => false)
  if (health.value === undefined && health.error === undefined) return null
  return achievementsPath(xuid, String(titleId), view, (health.value?.world.users ?? Infinity) <= MOST_USERS_FOR_RARITY)
}

function useSelection (path: string | null, items: readonly ShownAchievement[]) {
  const [{ of, selection, isAll }, setState] = useState({ of: path, selection: NO_SELECTION, isAll: false })
  const mine = of === path ? selection : NO_SELECTION
  const all = of === path && isAll
  const chosen = all ? items : items.filter((item) => mine.keys.has(keyOfAchievement(item)))
  const set = (next: typeof selection, isAllNow = false): void => { setState({ of: path, selection: next, isAll: isAllNow }) }
  return {
    isAll: all,
    chosen,
    isSelected: (item: ShownAchievement): boolean => all || mine.keys.has(keyOfAchievement(item)),
    select: (item: ShownAchievement, isRange: boolean): void => {
      const order = items.map(keyOfAchievement)
      const from = all ? { keys: new Set(order), anchor: null } : mine
      set(isRange ? selectRange(from, keyOfAchievement(item), order) : toggleRow(from, keyOfAchievement(item)))
    },
    selectAll: (): void => { set(NO_SELECTION, true) },
    selectNone: (): void => { set(NO_SELECTION) }
  }
}

/** Puts a change of what is seen into the address. */
export const changeView = (change: Partial<UserView> & { readonly reveal?: string }): void => { setQuery(change as Record<string, string>) }
