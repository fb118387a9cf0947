import type { ListedUser, Privacy, Profile } from '../../../model/user.ts'
import { nameUsers, SEEN_BY_WORDS, userRoute } from '../../text/user-words.ts'
import { act } from '../api.ts'
import { didUndoable } from '../undo.ts'

/** How many deleted users the emulator keeps: more could not be brought back. */
export const MOST_AT_ONCE = 1000

/** Deletes users, one after the other. Undo brings them back in the reverse order, so that friends find each other. */
export async function deleteUsers (users: readonly Profile[]): Promise<void> {
  const deleted: Profile[] = []
  try {
    for (const user of users) {
      await act('DELETE', userRoute(user.xuid))
      deleted.push(user)
    }
  } finally {
    if (deleted.length > 0) didUndoable({ text: `Deleted ${nameUsers(deleted)}`, undo: () => restoreUsers(deleted) })
  }
}

/** What was brought back leaves the list: whoever tries again goes on with the others. */
async function restoreUsers (deleted: Profile[]): Promise<void> {
  for (let user = deleted.at(-1); user !== undefined; user = deleted.at(-1)) {
    await act('POST', userRoute(user.xuid, '/restore'))
    deleted.pop()
  }
}

/** Sets who may see the achievements of users. */
export async function setPrivacyOf (users: ReadonlyArray<Pick<ListedUser, 'xuid' | 'gamertag' | 'privacy'>>, privacy: Privacy): Promise<void> {
  const changed: Array<typeof users[number]> = []
  const set = async (xuid: string, privacy: Privacy): Promise<void> => { await act('PUT', userRoute(xuid, '/privacy'), { privacy }) }
  try {
    for (const user of users) {
      if (user.privacy === privacy) continue
      await set(user.xuid, privacy)
      changed.push(user)
    }
  } finally {
    if (changed.length > 0) {
      didUndoable({ text: `${nameUsers(changed)} can be seen by ${SEEN_BY_WORDS[privacy]}`, undo: async () => { for (const user of changed) await set(user.xuid, user.privacy) } })
    }
  }
}

/** Lets a user add a friend, or another setting of one. @param before null: the user had not added it. */
export async function putFriend (user: Profile, friend: Profile, { isFavorite, before }: { isFavorite: boolean, before: { readonly isFavorite: boolean } | null }): Promise<void> {
  const path = userRoute(user.xuid, `/friends/${friend.xuid}`)
  await act('PUT', path, { isFavorite })
  didUndoable({
    text: before === null ? `${user.gamertag} has added ${friend.gamertag}` : isFavorite ? `${friend.gamertag} is a favourite of ${user.gamertag}` : `${friend.gamertag} is no favourite of ${user.gamertag} any more`,
    undo: async () => { await (before === null ? act('DELETE', path) : act('PUT', path, before)) }
  })
}

/** Lets a user remove a friend. */
export async function dropFriend (user: Profile, friend: Profile & { readonly isFavorite: boolean }): Promise<void> {
  const path = userRoute(user.xuid, `/friends/${friend.xuid}`)
  await act('DELETE', path)
  didUndoable({ text: `${user.gamertag} has removed ${friend.gamertag}`, undo: async () => { await act('PUT', path, { isFavorite: friend.isFavorite }) } })
}
