import { Type } from '@sinclair/typebox'
import { formatValue } from '../base/validation.ts'
import { FriendBody, PresenceBody, ProgressBody, PrivacyBody, UserBody } from '../control/body-schemas.ts'
import { readDeletedUser, readNewUser, readUser, requireNamedUser } from '../control/named-user.ts'
import { requireValid } from '../http/body.ts'
import { readAchievementId, readServiceConfigId } from '../http/ids.ts'
import { EVERY } from '../model/list.ts'
import { invalidRequest } from '../model/refusals.ts'
import type { ListedFriend, ListedUser, Privacy } from '../model/user.ts'
import type { ProgressBefore } from '../operations/progress-changing.ts'
import { sandboxString } from '../world/schema-strings.ts'
import type { WorldProgress, WorldUser } from '../world/schema.ts'
import type { WorldPresenceInput, WorldProfileInput } from '../world/world-input.ts'
import { copyOfData, requireName, requireObject, type MethodContext } from './context.ts'

/** Who is meant: by XUID or by gamertag. A user who is named by a text alone is named by either. */
export type NamedUser = { readonly xuid: string, readonly gamertag?: undefined } | { readonly gamertag: string, readonly xuid?: undefined }

/** Progress that a test sets. */
export type Unlock = NamedUser & {
  readonly serviceConfigId: string
  readonly id: number
  /** By default every sandbox in which a title of the service configuration is published. */
  readonly sandbox?: string
  /** 100 unlocks, less locks; by default 100, or what `requirements` says of a title-managed achievement. */
  readonly percentComplete?: number
  /** An instant in UTC; by default now. */
  readonly timeUnlocked?: string
  readonly isRevoked?: boolean
  /** By default in proportion to the percentage. */
  readonly requirements?: ReadonlyArray<{ readonly id: string, readonly current: string }>
}

/** Which progress is taken back; by default all of it. */
export interface ResetRange {
  readonly serviceConfigId?: string
  /** One achievement of the service configuration. */
  readonly id?: number
  /** By default every sandbox. */
  readonly sandbox?: string
}

/** Methods that take a user take a XUID or a gamertag, in any letter case; a number in quotes is first of all a XUID. */
export interface UserMethods {
  /**
   * The users whose gamertags begin so, in any letter case; by default all. In the order of the gamertags. With `search`,
   * behind them those whose XUIDs begin so.
   */
  readonly users: (filter?: { readonly gamertag?: string, readonly search?: undefined } | { readonly search: string, readonly gamertag?: undefined }) => ListedUser[]
  /** A user with everything that the user has done, as a world has it; of the progress, optionally what is in one service configuration. */
  readonly user: (user: string, filter?: { readonly serviceConfigId?: string }) => WorldUser
  /** Makes a user, or changes the members that are given; a profile replaces the one that there is, and the `signInError` 0 is none. */
  readonly putUser: (user: { readonly xuid: string, readonly gamertag?: string, readonly privacy?: Privacy, readonly profile?: WorldProfileInput, readonly signInError?: number }) => void
  /** Deletes a user with progress, friendships and tokens. */
  readonly deleteUser: (user: string) => void
  /** Brings back a user who was deleted, with everything that was deleted. Of several who are friends, the one who was deleted last comes first. */
  readonly restoreUser: (user: string) => void
  readonly setPrivacy: (user: string, privacy: Privacy) => void
  /** Sets where a user is, by default since now; null: offline, and nobody knows since when. */
  readonly setPresence: (user: string, presence: WorldPresenceInput | null) => void
  /** The users whom a user has added. */
  readonly friends: (user: string) => ListedFriend[]
  /** Lets a user add a friend, who is a favourite if the options say so; without them, whether a friend is one stays. */
  readonly addFriend: (user: string, friend: string, options?: { readonly isFavorite?: boolean }) => void
  readonly removeFriend: (user: string, friend: string) => void
  /** Sets what a user has done towards an achievement. */
  readonly unlock: (unlock: Unlock) => WorldProgress
  /**
   * Takes back what a user has done: progress, times of unlocks, gamerscore, and, unless it is one achievement, the titles that were played.
   * What it returns restores that, given to `changeProgress`.
   */
  readonly resetAchievements: (user: string, range?: ResetRange) => ProgressBefore
}

/** The one of two names that is given. @throws 400 when both are. */
export function onlyOne (xuid: string | undefined, gamertag: string | undefined): string {
  if (xuid !== undefined && gamertag !== undefined) throw invalidRequest(`The user is named by xuid, ${formatValue(xuid)}, and by gamertag, ${formatValue(gamertag)}; expected one of them.`)
  return (xuid ?? gamertag) as string
}

export const optionalText = (expected: string) => Type.Optional(Type.String({ errorMessage: expected }))
export const filterOf = (members: Parameters<typeof Type.Object>[0]) => Type.Object(members, { default: {}, additionalProperties: false, errorMessage: 'an object' })

const UsersFilter = filterOf({ gamertag: optionalText('the beginning of a gamertag'), search: optionalText('the beginning of a gamertag or XUID') })
const UserFilter = filterOf({ serviceConfigId: optionalText('a GUID') })
const Range = filterOf({ serviceConfigId: optionalText('a GUID'), id: Type.Optional(Type.Integer({ errorMessage: 'an achievement id' })), sandbox: Type.Optional(sandboxString) })

export function userMethods ({ served: { services: { store, clock } }, change }: MethodContext): UserMethods {
  const nameOf = (user: string): string => readUser(store, requireName(user))
  const scidOf = (serviceConfigId: string | undefined): string | null => serviceConfigId === undefined ? null : readServiceConfigId(serviceConfigId, 'documented')
  return {
    users: (filter) => {
      const { gamertag, search } = requireValid(UsersFilter, filter, 'The filter') as { gamertag?: string, search?: string }
      if (search === undefined) return store.people.readPage({ gamertag: gamertag ?? '', after: null, limit: EVERY })
      if (gamertag !== undefined) throw invalidRequest('The filter has gamertag and search; expected one of them.')
      return store.people.search({ search, after: null, limit: EVERY })
    },
    user: (user, filter) => {
      const { serviceConfigId } = requireValid(UserFilter, filter, 'The filter') as { serviceConfigId?: string }
      return store.world.readUser(requireNamedUser(store, requireName(user)), scidOf(serviceConfigId))
    },
    putUser: (user) => {
      const { xuid, ...members } = requireObject(user, 'The user')
      change('user.put', () => ({ xuid: readNewUser(store, requireName(xuid)), ...requireValid(UserBody, copyOfData(members, 'The user')) }))
    },
    deleteUser: (user) => change('user.delete', () => ({ xuid: nameOf(user) })),
    restoreUser: (user) => change('user.restore', () => ({ xuid: readDeletedUser(store, requireName(user)) })),
    setPrivacy: (user, privacy) => change('privacy.set', () => ({ xuid: nameOf(user), ...requireValid(PrivacyBody, { privacy }) })),
    setPresence: (user, presence) => change('presence.set', () => ({
      xuid: nameOf(user), presence: presence === null ? null : requireValid(PresenceBody, copyOfData(presence, 'The presence'), 'The presence'), now: clock.now()
    })),
    friends: (user) => store.people.listFriends(requireNamedUser(store, requireName(user))),
    addFriend: (user, friend, options) => change('friend.add', () => ({ xuid: nameOf(user), friend: nameOf(friend), ...requireValid(FriendBody, options, 'The options') })),
    removeFriend: (user, friend) => change('friend.remove', () => ({ xuid: nameOf(user), friend: nameOf(friend) })),
    unlock: (unlock) => {
      const { xuid, gamertag, serviceConfigId, id, ...done } = requireObject(unlock, 'What is unlocked')
      return change('progress.set', () => ({
        xuid: nameOf(onlyOne(xuid, gamertag)),
        scid: readServiceConfigId(serviceConfigId, 'documented'),
        id: readAchievementId(String(id)),
        ...requireValid(ProgressBody, done),
        now: clock.now()
      }))
    },

    resetAchievements: (user, range) => change('progress.clear', () => {
      const { serviceConfigId, id, sandbox = null } = requireValid(Range, range, 'The range') as ResetRange
      if (id !== undefined && serviceConfigId === undefined) throw invalidRequest('id goes with serviceConfigId; expected both.')
      return { xuid: nameOf(user), scid: scidOf(serviceConfigId), id: id ?? null, sandbox, tellsBefore: true }
    }) as ProgressBefore
  }
}
