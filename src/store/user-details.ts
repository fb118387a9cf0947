import type { Database } from 'better-sqlite3'
import { fillDefaults } from '../base/validation.ts'
import type { Presence, Relation, UserDetails, UserProfile } from '../model/user-details.ts'
import type { Profile, StoredUser } from '../model/user.ts'
import { WorldProfile } from '../world/schema-neighbours.ts'

/** A user in the store with the gamertag. */
export type NamedPerson = StoredUser & Profile

/** A user with its details as SQLite returns it. */
type DetailsRow = NamedPerson & { readonly profile: string | null, readonly presence: string | null }

const NAMED = 'p.row, p.xuid, p.gamertag, p.privacy'

/** SQL: what was unlocked in a sandbox, of titles that are published there. A title history counts the same (lists/history.ts). */
const GAMERSCORE = `
  SELECT coalesce(sum(a.gamerscore), 0) FROM progress p JOIN achievement a ON a.row = p.achievement
  WHERE p.person = :person AND p.sandbox = +:sandbox AND p.time_unlocked IS NOT NULL
    AND EXISTS (SELECT 1 FROM publication u WHERE u.sandbox = :sandbox AND u.title_id = a.title_id)`

/** To whom it is shown whom users have added. */
export interface Onlooker {
  /** A row of `person`. */
  readonly viewer: number
  /** Whether the viewer sees it of those whose setting is that. */
  readonly everyone: boolean
  /** And of those whose setting is that, and who have added the viewer. */
  readonly friendsOnly: boolean
  /** And of itself. */
  readonly own: boolean
  /** Whatever the settings are. */
  readonly all: boolean
}

type FollowersRequest = { readonly person: number, readonly viewer: number } & Readonly<Record<'everyone' | 'friendsOnly' | 'own' | 'all', number>>

const FOLLOWERS = `FROM friendship f CROSS JOIN person p ON p.row = f.person WHERE f.friend = :person AND (:all OR (:own AND p.row = :viewer)
  OR CASE p.privacy WHEN 'everyone' THEN :everyone
    WHEN 'friendsOnly' THEN :friendsOnly AND EXISTS (SELECT 1 FROM friendship mine WHERE mine.person = p.row AND mine.friend = :viewer) END)`

/** Prepares to read what the hosts around the achievements tell of users. */
export function prepareUserDetails (database: Database) {
  const defaults = fillDefaults(WorldProfile, {}) as UserProfile
  const find = database.prepare<[string], DetailsRow>(`SELECT ${NAMED}, p.profile, p.presence FROM person p WHERE p.xuid = ?`)
  const sumGamerscore = database.prepare<{ person: number, sandbox: string }, number>(GAMERSCORE).pluck()
  const findSignInError = database.prepare<[string], number | null>('SELECT sign_in_error FROM person WHERE xuid = ?').pluck()
  const findFriendship = database.prepare<[number, number], number>('SELECT is_favorite FROM friendship WHERE person = ? AND friend = ?').pluck()
  const listFollowing = database.prepare<[number], NamedPerson>(`SELECT ${NAMED} FROM friendship f JOIN person p ON p.row = f.friend WHERE f.person = ? ORDER BY f.friend`)
  const listFollowers = database.prepare<[FollowersRequest], NamedPerson>(`SELECT ${NAMED} ${FOLLOWERS} ORDER BY f.person`)
  const countFollowing = database.prepare<[number], number>('SELECT count(*) FROM friendship WHERE person = ?').pluck()
  const countFollowers = database.prepare<[FollowersRequest], number>(`SELECT count(*) ${FOLLOWERS}`).pluck()
  return {
    /** The user with a canonical XUID, with everything that those hosts tell; undefined when there is none. */
    findDetails (xuid: string): UserDetails | undefined {
      const row = find.get(xuid)
      return row && {
        ...row,
        profile: row.profile === null ? defaults : fillDefaults(WorldProfile, JSON.parse(row.profile)) as UserProfile,
        presence: row.presence === null ? null : JSON.parse(row.presence) as Presence
      }
    },

    /** What a user has unlocked in a sandbox, of titles of all generations that are published there. */
    sumGamerscore: ({ person, sandbox }: { readonly person: Pick<StoredUser, 'row'>, readonly sandbox: string }): number =>
      sumGamerscore.get({ person: person.row, sandbox }) as number,

    /** The number with which the sign-in of the user with a canonical XUID is refused; null: it is not. */
    findSignInError: (xuid: string): number | null => findSignInError.get(xuid) ?? null,

    /** What a user is to another. */
    relate ({ row: a }: Pick<StoredUser, 'row'>, { row: b }: Pick<StoredUser, 'row'>): Relation {
      const favorite = findFriendship.get(a, b)
      return { isFollowing: favorite !== undefined, isFollowedBy: findFriendship.get(b, a) !== undefined, isFavorite: favorite === 1 }
    },

    /** The users whom a user has added, in the order of definition. */
    listFollowing: ({ row }: Pick<StoredUser, 'row'>): NamedPerson[] => listFollowing.all(row),

    /** The users who have added a user and show that, in the order of definition. */
    listFollowers: ({ row }: Pick<StoredUser, 'row'>, onlooker: Onlooker): NamedPerson[] => listFollowers.all(toFollowersRequest(row, onlooker)),

    countFollowing: ({ row }: Pick<StoredUser, 'row'>): number => countFollowing.get(row) as number,

    countFollowers: ({ row }: Pick<StoredUser, 'row'>, onlooker: Onlooker): number => countFollowers.get(toFollowersRequest(row, onlooker)) as number
  }
}

const toFollowersRequest = (person: number, { viewer, everyone, friendsOnly, own, all }: Onlooker): FollowersRequest =>
  ({ person, viewer, everyone: Number(everyone), friendsOnly: Number(friendsOnly), own: Number(own), all: Number(all) })
