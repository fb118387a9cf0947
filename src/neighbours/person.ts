import type { HubTitle } from '../model/hub-title.ts'
import { modernNamesOf, type Relation } from '../model/user-details.ts'
import { colorsOf } from './colors.ts'
import type { PersonDecorations } from './person-decorations.ts'
import { writeAge, type PersonPresence } from './person-presence.ts'
import { userPictureOf } from './pictures.ts'
import type { SeenUser } from './seen-user.ts'

/** The contract versions whose answers differ. */
export type PeopleContract = 3 | 5 | 7

/** All that an entry of a list of people is made of. */
export interface PersonParts {
  readonly user: SeenUser
  /** What the caller is to the user. */
  readonly relation: Relation
  readonly presence: PersonPresence
  readonly decorations: PersonDecorations
  /** The title of the decoration `titlehistory`; undefined: none, or the user has not played it. */
  readonly played: HubTitle | undefined
  readonly counts: { readonly followerCount: number, readonly followingCount: number }
  readonly isRecommended: boolean
  /** Where the client has found the emulator. */
  readonly origin: string
  /** The clock, in ms since 1970. */
  readonly now: number
}

/** A person in the form of a contract version. What was not asked for is null. [people-rec][people-clients] */
export function toPerson (parts: PersonParts, contract: PeopleContract) {
  const { user, relation: { isFavorite, isFollowing, isFollowedBy }, presence, origin } = parts
  const { profile } = user
  return {
    xuid: user.xuid,
    isFavorite,
    isFollowingCaller: isFollowedBy,
    isFollowedByCaller: isFollowing,
    isIdentityShared: isFollowedBy,
    addedDateTimeUtc: null,
    displayName: user.gamertag,
    realName: profile.realName,
    displayPicRaw: userPictureOf(origin, user),
    showUserAsAvatar: '0',
    gamertag: user.gamertag,
    gamerScore: String(user.sumGamerscore()),
    ...modernNamesOf(user),
    xboxOneRep: profile.xboxOneRep,
    presenceState: presence.presenceState,
    presenceText: presence.presenceText,
    presenceDevices: null,
    isBroadcasting: false,
    // Null makes one client of contract 5 fail. [xau]
    isCloaked: false,
    isQuarantined: profile.isQuarantined,
    isXbox360Gamerpic: false,
    lastSeenDateTimeUtc: contract === 7 ? presence.lastSeen && withoutZone(presence.lastSeen) : presence.lastSeen,
    ...toDecorations(parts, contract),
    linkedAccounts: [],
    colorTheme: 'gamerpicblur',
    preferredFlag: '',
    preferredPlatforms: [],
    ...contract === 7 && {
      isFriend: isFollowing && isFollowedBy,
      isFriendRequestReceived: false,
      isFriendRequestSent: false,
      friendedDateTimeUtc: null,
      useAvatar: false,
      favorite: isFavorite
    }
  }
}

/** Contract 7 has times of UTC without saying so: its reader takes no other. [people-clients] */
const withoutZone = (instant: string): string => instant.slice(0, -1)

function toDecorations (parts: PersonParts, contract: PeopleContract) {
  const { user, presence, decorations: { names } } = parts
  return {
    suggestion: names.has('suggestion') ? { Type: null, Priority: 0, Reasons: null, TitleId: null } : null,
    recommendation: parts.isRecommended ? { Type: 'FriendOfFriend', Reasons: [] } : null,
    search: null,
    titleHistory: toPersonHistory(parts),
    multiplayerSummary: names.has('multiplayersummary') ? toMultiplayerSummary(contract) : null,
    recentPlayer: names.has('recentplayer') ? { titles: [], text: null } : null,
    follower: names.has('follower') ? { text: null, followedDateTime: '0001-01-01T00:00:00' } : null,
    preferredColor: names.has('preferredcolor') ? colorsOf(user) : null,
    presenceDetails: names.has('presencedetail') ? presence.details.map((detail) => contract === 3 ? detail : { ...detail, DeviceSubType: null, GameplayType: null }) : null,
    titlePresence: toTitlePresence(parts),
    titleSummaries: null,
    presenceTitleIds: names.has('presencetitleids') ? presence.activeTitles.map(({ titleId }) => String(titleId)) : null,
    detail: names.has('detail') ? toPersonDetail(parts) : null,
    communityManagerTitles: null,
    socialManager: names.has('socialmanager') ? { titleIds: [], pages: [] } : null,
    broadcast: names.has('broadcast') ? [] : null,
    ...contract === 3 && { tournamentSummary: null },
    avatar: names.has('avatar') ? { updateTimeOffset: '0001-01-01T00:00:00+00:00', spritesheetMetadata: null } : null
  }
}

const toMultiplayerSummary = (contract: PeopleContract): object =>
  contract === 3 ? { InMultiplayerSession: 0, InParty: 0 } : { joinableActivities: [], partyDetails: [], inParty: 0 }

function toPersonDetail ({ user: { profile }, counts }: PersonParts) {
  return {
    accountTier: profile.accountTier,
    bio: profile.bio || null,
    isVerified: false,
    location: profile.location || null,
    tenure: String(profile.tenureLevel),
    watermarks: profile.watermarks,
    blocked: false,
    mute: false,
    ...counts,
    hasGamePass: false
  }
}

function toPersonHistory ({ played, now }: PersonParts) {
  if (played === undefined || played.lastPlayed === null) return null
  return { TitleName: played.name, TitleId: played.titleId, LastTimePlayed: played.lastPlayed, LastTimePlayedText: `${writeAge(now - Date.parse(played.lastPlayed))} ago` }
}

function toTitlePresence ({ presence: { activeTitles }, decorations: { titlePresence } }: PersonParts) {
  if (titlePresence === undefined) return null
  const title = activeTitles.find(({ titleId }) => titleId === titlePresence)
  if (title === undefined) return { IsCurrentlyPlaying: false, PresenceText: null, TitleName: null, TitleId: null }
  return { IsCurrentlyPlaying: true, PresenceText: title.richPresence ?? title.name, TitleName: title.name, TitleId: String(title.titleId) }
}
