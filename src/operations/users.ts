import { isDeepStrictEqual } from 'node:util'
import { formatValue } from '../base/validation.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import type { StoredUser, Privacy } from '../model/user.ts'
import type { Store } from '../store/store.ts'
import type { WorldProfile } from '../world/schema-neighbours.ts'
import type { ToldTransaction } from './told-transaction.ts'

export interface UserInput {
  /** Canonical decimal, like every XUID in the inputs of operations. */
  readonly xuid: string
  /** Null: it does not change; that of a new user is made from the XUID. */
  readonly gamertag: string | null
  /** Null: it does not change; that of a new user is `everyone`. */
  readonly privacy: Privacy | null
  /** Null: it does not change. */
  readonly profile: WorldProfile | null
  /** The number with which signing in is refused; 0: it is not. Null: it does not change. */
  readonly signInError: number | null
}

/** A user, and the friend whom that user adds or removes. The friend's own list of friends does not change. */
export interface FriendshipInput {
  readonly xuid: string
  readonly friend: string
}

/** A friend whom a user adds. */
export interface FriendInput extends FriendshipInput {
  /** Whether the friend is a favourite; null: it does not change, and a new friend is none. */
  readonly isFavorite: boolean | null
}

/** The user with a XUID. @throws 404 when there is none. */
export function requirePerson ({ people }: Store, xuid: string): StoredUser {
  const person = people.find(xuid)
  if (person === undefined) throw notFound(`There is no user ${xuid}.`)
  return person
}

/**
 * Creates a user, or changes an existing one.
 *
 * @throws 400 when another user has the gamertag.
 */
export function putUser ({ store: { people }, write, tell }: ToldTransaction, { xuid, gamertag, privacy, profile, signInError }: UserInput): { isNew: boolean } {
  const present = people.findSettings(xuid)
  const next = { xuid, gamertag: gamertag ?? present?.gamertag ?? `user ${xuid}`, privacy: privacy ?? present?.privacy ?? 'everyone' }
  const holder = people.findXuid(next.gamertag)
  if (holder !== undefined && holder !== xuid) throw invalidRequest(`gamertag is ${formatValue(next.gamertag)}, which is user ${holder}'s; expected another.`)
  tell(() => {
    if (present === undefined) return [{ kind: 'user', xuid, what: 'created' }]
    const hasOtherSettings = next.gamertag !== present.gamertag ||
      (profile !== null && !isDeepStrictEqual(profile, people.findDetails(xuid)?.profile)) ||
      (signInError !== null && signInError !== (people.findSignInError(xuid) ?? 0))
    return [
      ...hasOtherSettings ? [{ kind: 'user', xuid, what: 'settings' } as const] : [],
      ...next.privacy === present.privacy ? [] : [{ kind: 'user', xuid, what: 'privacy' } as const]
    ]
  })
  write.people.put({ ...next, profile, signInError })
  return { isNew: present === undefined }
}

/** Deletes a user, with the progress, friendships, sessions and notification endpoints of that user. `restoreUser` brings all of it back. */
export function deleteUser ({ store, write, tell }: ToldTransaction, { xuid }: { readonly xuid: string }): void {
  const person = requirePerson(store, xuid)
  write.deletedUsers.keep(person)
  write.people.remove(person)
  write.notificationEndpoints.removeOf(xuid)
  tell(() => [{ kind: 'user', xuid, what: 'deleted' }])
}

/**
 * Brings a deleted user back, with everything that was deleted, to its place among the users. Friendships with users who are
 * not there stay away, and so does a session whose token has become another's.
 *
 * @throws 404 when no such user was deleted, or too long ago; 400 when somebody has the XUID or the gamertag.
 */
export function restoreUser ({ store: { people, deletedUsers }, write, tell }: ToldTransaction, { xuid }: { readonly xuid: string }): void {
  if (people.find(xuid) !== undefined) throw invalidRequest(`There is a user ${xuid}; expected one who was deleted.`)
  const gamertag = deletedUsers.findGamertag(xuid)
  if (gamertag === undefined) throw notFound(`No user ${xuid} was deleted, or too long ago.`)
  const holder = people.findXuid(gamertag)
  if (holder !== undefined) throw invalidRequest(`The gamertag of user ${xuid} was ${formatValue(gamertag)}, which is user ${holder}'s; expected that it is free.`)
  tell(() => [{ kind: 'user', xuid, what: 'created' }])
  write.deletedUsers.restore(xuid)
}

/** Sets who may see a user's achievements. */
export function setPrivacy ({ store, write, tell }: ToldTransaction, { xuid, privacy }: { readonly xuid: string, readonly privacy: Privacy }): void {
  const person = requirePerson(store, xuid)
  tell(() => person.privacy === privacy ? [] : [{ kind: 'user', xuid, what: 'privacy' }])
  write.people.setPrivacy(person, privacy)
}

/** @throws 400 when both are the same user. */
export function addFriend ({ store, write, tell }: ToldTransaction, { xuid, friend, isFavorite }: FriendInput): void {
  if (xuid === friend) throw invalidRequest(`The friend is ${formatValue(friend)}; expected another user than the user itself.`)
  const hasChanged = write.people.addFriend(requirePerson(store, xuid), requirePerson(store, friend), isFavorite)
  if (hasChanged) tell(() => [{ kind: 'user', xuid, what: 'friends' }])
}

/** @throws 404 when the user has not added the friend. */
export function removeFriend ({ store, write, tell }: ToldTransaction, { xuid, friend }: FriendshipInput): void {
  if (!write.people.removeFriend(requirePerson(store, xuid), requirePerson(store, friend))) throw notFound(`User ${xuid} has not added ${friend}.`)
  tell(() => [{ kind: 'user', xuid, what: 'friends' }])
}
