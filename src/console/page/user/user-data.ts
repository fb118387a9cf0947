import type { Static } from '@sinclair/typebox'
import { useRef } from 'preact/hooks'
import type { UserAchievementList } from '../../../control/progress-schemas.ts'
import type { UserTitle, UserTitleDetails, UserUnlock } from '../../../model/user-titles.ts'
import type { ListedUser } from '../../../model/user.ts'
import { titlePath, unlocksPath, type UserView } from '../../text/user-view.ts'
import type { LiveEvent } from '../live.ts'
import { useRead, type Reading } from '../use-read.ts'

export type ShownAchievement = Static<typeof UserAchievementList>['achievements'][number]
export type { ListedUser, UserTitle, UserTitleDetails, UserUnlock }

/** Whether something of a user may be another after an event. */
export const isAboutUser = (xuid: string) => (event: LiveEvent): boolean => (event.kind === 'progress' || event.kind === 'user') && event.xuid === xuid

/** What names an achievement in a list. */
export const keyOfAchievement = ({ serviceConfigId, id }: Pick<ShownAchievement, 'serviceConfigId' | 'id'>): string => `${serviceConfigId}/${id}`

/** A user by XUID or gamertag, without what the user has done; null: there is none. */
export function useUser (name: string): Reading<{ readonly users: readonly ListedUser[] }> & { readonly user: ListedUser | null | undefined } {
  const shown = useRef<string | undefined>(undefined)
  const reading = useRead<{ users: ListedUser[] }>(`/_emulator/users?${new URLSearchParams({ search: name, limit: '20' })}`, (event) => event.kind === 'user' || (event.kind === 'progress' && event.xuid === shown.current))
  const user = reading.value?.users.find(({ xuid, gamertag }) => xuid === name || gamertag.toLowerCase() === name.toLowerCase())
  shown.current = user?.xuid
  return { ...reading, user: reading.value === undefined ? undefined : user ?? null }
}

export const useTitle = (user: ListedUser | null | undefined, titleId: string | undefined, view: UserView): Reading<UserTitleDetails> =>
  useRead<UserTitleDetails>(user == null || titleId === undefined ? null : titlePath(user.xuid, titleId, view), isAboutUser(user?.xuid ?? ''))

export interface UnlockPage { readonly unlocks: readonly UserUnlock[], readonly next: string | null }

/** The last unlocks of a user, in all titles or one. */
export const useUnlocks = (xuid: string, titleId: string | undefined, view: UserView): Reading<UnlockPage> =>
  useRead<UnlockPage>(unlocksPath(xuid, titleId, view), isAboutUser(xuid))
