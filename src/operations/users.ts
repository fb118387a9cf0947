import { formatValue } from '../base/validation.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import type { StoredUser, Privacy } from '../model/user.ts'
import type { Store, Transaction } from '../store/store.ts'

export interface UserInput {
  /** Canonical, as every XUID here. */
  readonly xuid: string
  /** Null: the one that the user has, or one made of the XUID. */
  readonly gamertag: string | null
  /** Null: the one that the user has, or everyone. */
  readonly privacy: Privacy | null
}

/** Two users: `xuid` adds or removes `friend`. The other way round is another friendship. */
export interface FriendshipInput {
  readonly xuid: string
  readonly friend: string
}

/** @throws 404 when there is none. */
export function requirePerson ({ people }: Store, xuid: string): StoredUser {
  const person = people.find(xuid)
  if (person === undefined) throw notFound(`There is no user ${xuid}.`)
  return person
}

/**
 * Makes a user, or changes the one that is there.
 *
 * @throws 400 when another user has the gamertag.
 */
export function putUser ({ store: { people }, write }: Transaction, { xuid, gamertag, privacy }: UserInput): { isNew: boolean } {
  const present = people.findSettings(xuid)
  const next = { xuid, gamertag: gamertag ?? present?.gamertag ?? `user ${xuid}`, privacy: privacy ?? present?.privacy ?? 'everyone' }
  const holder = people.findXuid(next.gamertag)
  if (holder !== undefined && holder !== xuid) throw invalidRequest(`gamertag is ${formatValue(next.gamertag)}, which is user ${holder}'s; expected another.`)
  write.people.put(next)
  return { isNew: present === undefined }
}

/** Deletes a user and all that is the user's: progress, friendships, sessions. */
export function deleteUser ({ store, write }: Transaction, { xuid }: { readonly xuid: string }): void {
  write.people.remove(requirePerson(store, xuid))
}

/** Sets who may see what a user has done. */
export function setPrivacy ({ store, write }: Transaction, { xuid, privacy }: { readonly xuid: string, readonly privacy: Privacy }): void {
  write.people.setPrivacy(requirePerson(store, xuid), privacy)
}

/** @throws 400 when both are the same user. */
export function addFriend ({ store, write }: Transaction, { xuid, friend }: FriendshipInput): void {
  if (xuid === friend) throw invalidRequest(`The friend is ${formatValue(friend)}; expected another user than the user itself.`)
  write.people.addFriend(requirePerson(store, xuid), requirePerson(store, friend))
}

/** @throws 404 when the user has not added the friend. */
export function removeFriend ({ store, write }: Transaction, { xuid, friend }: FriendshipInput): void {
  if (!write.people.removeFriend(requirePerson(store, xuid), requirePerson(store, friend))) throw notFound(`User ${xuid} has not added ${friend}.`)
}
