import type { FastifyRequest } from 'fastify'
import type { Services } from '../http/services.ts'
import type { Relation } from '../model/user-details.ts'
import type { StoredUser } from '../model/user.ts'
import { findReadable, readableSettings, requireUser } from '../rules/access.ts'
import type { Onlooker } from '../store/user-details.ts'
import { requireDetails, type SeenUser } from './seen-user.ts'

export type Relations = ReturnType<typeof createRelations>

/**
 * Reads who has added whom as the caller of a request may know it. Whom somebody has added is for whom that person lets
 * see it, and for the one who was added, unless a web site acts for it: so the followers of one user, of whom others
 * may see them, do not tell what each of them hides. (docs/decisions/0048-people-and-presence.md)
 *
 * @throws 403 when the token carries no user claim; 404 when the world does not have its user any more.
 */
export function createRelations ({ session }: Pick<FastifyRequest, 'session'>, { config: { crossUser: rule }, store: { people } }: Services) {
  const self = requireDetails(requireUser(session), people)
  const { thirdPartySite } = session
  const isReadable = (user: StoredUser): boolean => findReadable({ claims: session, xuid: user.xuid, rule, resource: 'history' }, { find: () => user, hasFriend: people.hasFriend }) !== undefined
  const isSelfReadable = isReadable(self)
  const onlookerAt = ({ xuid }: SeenUser): Onlooker =>
    ({ viewer: self.row, own: isSelfReadable, all: xuid === self.xuid && !thirdPartySite, ...readableSettings(session, rule) })

  return {
    /** What the caller is to a user. */
    relate (user: StoredUser): Relation {
      const { isFollowing, isFollowedBy, isFavorite } = people.relate(self, user)
      return { isFollowing: isFollowing && isSelfReadable, isFavorite: isFavorite && isSelfReadable, isFollowedBy: isFollowedBy && (!thirdPartySite || isReadable(user)) }
    },

    /** Those who have added a user whom the caller may look at, in the order of definition. */
    listFollowers: (user: SeenUser): StoredUser[] => people.listFollowers(user, onlookerAt(user)),

    /** How many they are. */
    countFollowers: (user: SeenUser): number => people.countFollowers(user, onlookerAt(user))
  }
}
