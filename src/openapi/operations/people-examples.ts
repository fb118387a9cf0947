import { STRANGER } from '../examples.ts'

/** The stranger of the demo world as the gamer sees it under contract 7, who asks for nothing more. */
const strangerPerson = {
  xuid: STRANGER,
  isFavorite: false,
  isFollowingCaller: false,
  isFollowedByCaller: false,
  isIdentityShared: false,
  addedDateTimeUtc: null,
  displayName: 'stranger',
  realName: '',
  displayPicRaw: 'http://localhost:80/pictures/a9240000-0000-9000-0000-000000000000/s.svg',
  showUserAsAvatar: '0',
  gamertag: 'stranger',
  gamerScore: '0',
  modernGamertag: 'stranger',
  modernGamertagSuffix: '',
  uniqueModernGamertag: 'stranger',
  xboxOneRep: 'NeedsWork',
  presenceState: 'Offline',
  presenceText: 'Offline',
  presenceDevices: null,
  isBroadcasting: false,
  isCloaked: false,
  isQuarantined: true,
  isXbox360Gamerpic: false,
  lastSeenDateTimeUtc: null,
  suggestion: null,
  recommendation: null,
  search: null,
  titleHistory: null,
  multiplayerSummary: null,
  recentPlayer: null,
  follower: null,
  preferredColor: null,
  presenceDetails: null,
  titlePresence: null,
  titleSummaries: null,
  presenceTitleIds: null,
  detail: null,
  communityManagerTitles: null,
  socialManager: null,
  broadcast: null,
  avatar: null,
  linkedAccounts: [],
  colorTheme: 'gamerpicblur',
  preferredFlag: '',
  preferredPlatforms: [],
  isFriend: false,
  isFriendRequestReceived: false,
  isFriendRequestSent: false,
  friendedDateTimeUtc: null,
  useAvatar: false,
  favorite: false
}

const peopleAnswerOf = (...people: object[]): object => ({ people, recommendationSummary: null, friendFinderState: null, accountLinkDetails: null })

/** A list of the stranger, who hides everything. */
export const HIDDEN_PERSON = peopleAnswerOf(strangerPerson)

/** The same with the detail. */
export const DETAILED_PERSON = peopleAnswerOf({
  ...strangerPerson,
  detail: {
    accountTier: 'Gold', bio: null, isVerified: false, location: null, tenure: '0', watermarks: [], blocked: false, mute: false, followerCount: 0, followingCount: 0, hasGamePass: false
  }
})
