import { Type, type TProperties } from '@sinclair/typebox'
import { boolean, count, literals, nullable, object, string } from '../http/answer-schema.ts'
import { ACCOUNT_TIERS, PRESENCE_STATES, TITLE_STATES } from '../model/user-details.ts'
import { PreferredColor } from './colors.ts'
import type { PeopleContract } from './person.ts'
import { presentTitleId } from './presence-schemas.ts'

/** What peoplehub.xboxlive.com answers. What was not asked for is null. */

const never = (description: string) => Type.Null({ description })
const never0 = (description: string) => Type.Literal(0, { description })
const no = (description: string) => Type.Literal(false, { description })
const empty = (description: string) => Type.Array(Type.String(), { maxItems: 0, description })
const timeText = (description: string) => nullable(Type.String({ pattern: '^[0-9-]{10}T[0-9:]{8}\\.[0-9]{7}Z?$' }), description)

const presenceDetailMembers = {
  IsBroadcasting: no('Nobody broadcasts.'),
  Device: string('The device, e.g. XboxOne.'),
  PresenceText: string('For people to read: the name of the title, or when and in which title the person was last seen.'),
  State: literals([...TITLE_STATES, 'LastSeen'], 'LastSeen of who is offline.'),
  TitleId: presentTitleId,
  TitleType: never('Not told.'),
  IsPrimary: boolean('True for the title in front.'),
  IsGame: boolean('True for a game of this world.'),
  RichPresenceText: nullable(Type.String(), 'What the person does in the title.')
}

const laterPresenceDetailMembers = { DeviceSubType: never('Not told.'), GameplayType: never('Not told.') }

const personDetail = object({
  accountTier: literals(ACCOUNT_TIERS, 'The subscription.'),
  bio: nullable(Type.String(), 'What the person says of itself, to who may see it.'),
  isVerified: no('Nobody is.'),
  location: nullable(Type.String(), 'Where the person says to be, to who may see it.'),
  tenure: string('For how many years.'),
  watermarks: Type.Array(Type.String(), { description: 'What the person has taken part in.' }),
  blocked: no('Nobody is.'),
  mute: no('Nobody is.'),
  followerCount: count('How many people have added the person; 0 to who may not see it.'),
  followingCount: count('How many people the person has added; 0 to who may not see it.'),
  hasGamePass: no('Nobody has it.')
}, { title: 'PersonDetail' })

const titleHistory = object({
  TitleName: string('The title.'),
  TitleId: Type.Integer({ minimum: 0, maximum: 4294967295, description: 'Its title id, as a number here.' }),
  LastTimePlayed: Type.String({ description: 'When the person last played it.' }),
  LastTimePlayedText: string('How long ago.')
}, { title: 'PersonTitleHistory' })

const titlePresence = object({
  IsCurrentlyPlaying: boolean('True when the person is in the title.'),
  PresenceText: nullable(Type.String(), 'What the person does in it.'),
  TitleName: nullable(Type.String(), 'The title.'),
  TitleId: nullable(presentTitleId, 'Its title id.')
}, { title: 'PersonTitlePresence' })

const suggestion = object({ Type: never('None.'), Priority: never0('None.'), Reasons: never('None.'), TitleId: never('None.') }, { title: 'PersonSuggestion' })
const recommendation = object({ Type: Type.Literal('FriendOfFriend', { description: 'Somebody whom the caller has added has added the person.' }), Reasons: empty('Not told.') }, { title: 'PersonRecommendation' })
const socialManager = object({ titleIds: empty('None.'), pages: empty('None.') }, { title: 'PersonSocialManager' })
const avatar = object({ updateTimeOffset: string('Never.'), spritesheetMetadata: never('None.') }, { title: 'PersonAvatar' })

const identity = {
  xuid: string('The person.'),
  isFavorite: boolean('True when the caller has the person among the favourites.'),
  isFollowingCaller: boolean('True when the person has added the caller.'),
  isFollowedByCaller: boolean('True when the caller has added the person.'),
  isIdentityShared: boolean('True when the person has added the caller.'),
  addedDateTimeUtc: never('A world does not say when somebody was added.'),
  displayName: string('The gamertag.'),
  realName: string('The real name, to who may see it; else empty.'),
  displayPicRaw: string('The URL of the picture.'),
  showUserAsAvatar: Type.Literal('0', { description: 'Nobody has an avatar.' }),
  gamertag: string('The gamertag.'),
  gamerScore: Type.String({ pattern: '^[0-9]+$', description: 'What the person has unlocked in the sandbox of the token; 0 to who may not see it.' }),
  modernGamertag: string('The gamertag without its suffix.'),
  modernGamertagSuffix: string('The number behind it; mostly empty.'),
  uniqueModernGamertag: string('Both, with # between them.'),
  xboxOneRep: string('The reputation, e.g. GoodPlayer.'),
  presenceState: literals(PRESENCE_STATES, 'Offline also when the caller may not see more.'),
  presenceText: string('For people to read.'),
  presenceDevices: never('Not told.'),
  isBroadcasting: no('Nobody broadcasts.'),
  isCloaked: no('Nobody is.'),
  isQuarantined: boolean('True when enforcement has restricted the account.'),
  isXbox360Gamerpic: no('Nobody has one.'),
  lastSeenDateTimeUtc: timeText('When an offline person was last online, if that is known. Under contract 7 without the Z.')
}

const decorationMembers = (details: TProperties, multiplayerSummary: TProperties, suffix: string) => ({
  suggestion: nullable(suggestion, 'With the decoration suggestion.'),
  recommendation: nullable(recommendation, 'In recommendations.'),
  search: never('Not told.'),
  titleHistory: nullable(titleHistory, 'With titlehistory(N), or titlehistory for the last title: null when the person has not played it, or the caller may not see it.'),
  multiplayerSummary: nullable(object(multiplayerSummary, { title: `MultiplayerSummary${suffix}` }), 'With multiplayerSummary: nobody is in a session.'),
  recentPlayer: nullable(object({ titles: empty('None.'), text: never('None.') }, { title: 'RecentPlayer' }), 'With recentPlayer.'),
  follower: nullable(object({ text: never('None.'), followedDateTime: string('Never.') }, { title: 'Follower' }), 'With follower.'),
  preferredColor: nullable(PreferredColor, 'With preferredColor.'),
  presenceDetails: nullable(Type.Array(object(details, { title: `PresenceDetail${suffix}` })), 'With presenceDetail: the titles of the person, or the last one.'),
  titlePresence: nullable(titlePresence, 'With titlepresence(N).'),
  titleSummaries: never('Not told.'),
  presenceTitleIds: nullable(Type.Array(presentTitleId), 'With presenceTitleIds.'),
  detail: nullable(personDetail, 'With detail.'),
  communityManagerTitles: never('None.'),
  socialManager: nullable(socialManager, 'With socialManager.'),
  broadcast: nullable(empty('None.'), 'With broadcast.'),
  avatar: nullable(avatar, 'With avatar.'),
  linkedAccounts: empty('None.'),
  colorTheme: string('The theme.'),
  preferredFlag: string('None.'),
  preferredPlatforms: empty('Not told.')
})

const laterSummary = { joinableActivities: empty('None.'), partyDetails: empty('None.'), inParty: never0('Nobody is.') }

const PERSON_MEMBERS: Readonly<Record<PeopleContract, TProperties>> = {
  3: {
    ...identity,
    ...decorationMembers(presenceDetailMembers, { InMultiplayerSession: never0('Nobody is.'), InParty: never0('Nobody is.') }, '3'),
    tournamentSummary: never('None.')
  },
  5: { ...identity, ...decorationMembers({ ...presenceDetailMembers, ...laterPresenceDetailMembers }, laterSummary, '') },
  7: {
    ...identity,
    ...decorationMembers({ ...presenceDetailMembers, ...laterPresenceDetailMembers }, laterSummary, ''),
    isFriend: boolean('True when each has added the other.'),
    isFriendRequestReceived: no('Nobody asks.'),
    isFriendRequestSent: no('Nobody asks.'),
    friendedDateTimeUtc: never('A world does not say when.'),
    useAvatar: no('Nobody has an avatar.'),
    favorite: boolean('As isFavorite.')
  }
}

const peopleAnswer = (contract: PeopleContract) => object({
  people: Type.Array(object(PERSON_MEMBERS[contract], { title: `Person${contract}`, description: `A person, under contract ${contract}.` })),
  recommendationSummary: never('Not told.'),
  friendFinderState: never('Not told.'),
  accountLinkDetails: never('Not told.')
}, { title: `People${contract}` })

/** A list of people, by contract version: the last has members that its readers need, the first has one that the others lack. */
export const PeopleAnswer = Type.Union([peopleAnswer(3), peopleAnswer(5), peopleAnswer(7)], { description: 'People, by contract version: 3, 5 or 7.' })
