import { Type, type TProperties } from '@sinclair/typebox'
import { boolean, count, object, string } from '../http/answer-schema.ts'

/** What social.xboxlive.com answers. */

const addedPerson = {
  xuid: string('The person.'),
  isFavorite: boolean('True when the user, who is the caller, has the person among the favourites.'),
  isFollowingCaller: boolean('True when the person has added the caller.')
}

const addedPeople = (members: TProperties, version: string) => object({
  people: Type.Array(object(members, { title: `SocialPerson${version}` }), { description: 'In the order of definition.' }),
  totalCount: count('How many there are, on this page or not.')
}, { title: `SocialPeople${version}` })

/** The people whom a user has added; the second under contract 3. */
export const SocialPeople = Type.Union([
  addedPeople(addedPerson, '1'),
  addedPeople({ ...addedPerson, isFriend: boolean('True when the caller and the person have added each other.') }, '3')
], { description: 'The people, by contract version.' })

const summaryMembers = {
  targetFollowingCount: count('How many people the user has added.'),
  targetFollowerCount: count('How many have added the user.'),
  isCallerFollowingTarget: boolean('True when the caller has added the user.'),
  isTargetFollowingCaller: boolean('True when the user has added the caller.'),
  hasCallerMarkedTargetAsFavorite: boolean('True when the user is among the favourites of the caller.'),
  hasCallerMarkedTargetAsIdentityShared: boolean('True when the caller has added the user.'),
  hasCallerMarkedTargetAsKnown: boolean('The same, by its older name.'),
  legacyFriendStatus: Type.Literal('None', { description: 'There is no friends list of Xbox 360.' })
}

/** What a user and the caller are to each other; the second of oneself. */
export const SocialSummary = Type.Union([
  object(summaryMembers, { title: 'SocialSummary', description: 'Of another user.' }),
  object({
    ...summaryMembers,
    availablePeopleSlots: count('How many more people can be added.'),
    recentChangeCount: count('How much has changed since the watermark.'),
    watermark: string('The state of the list.')
  }, { title: 'OwnSocialSummary', description: 'Of oneself.' })
], { description: 'The numbers, and what the two are to each other.' })
