/**
 * A world as its author writes it: what has a default may be left out, and undefined is as good as left out. Made of the
 * schema by test/world/world-input.ts.
 */

/** A text: for all locales, or by locale. */
export type LocalizedTextInput = string | Readonly<Record<string, string>>

export interface WorldTitleHubInput {
  /** Its package family name, by which clients find a title of a PC; unique, in any letter case. */
  readonly pfn?: string | null | undefined
  /** The id of its product as the Store writes it, e.g. "9NBLGGH4R315". */
  readonly productId?: string | null | undefined
  /** By default Application where `titleType` has "App" in it, else Game. */
  readonly type?: 'Game' | 'Application' | null | undefined
  /** By default what follows from its generation. */
  readonly mediaItemType?: string | null | undefined
  /** Where it runs, e.g. XboxOne, XboxSeries, PC, Win32, Xbox360, Mobile; by default what follows from `platforms` and its generation. */
  readonly devices?: readonly string[] | null | undefined
  /** Its picture; by default the first BoxArt or Tile of `images`, else one that the emulator draws. */
  readonly displayImage?: string | null | undefined
  /** More pictures. */
  readonly images?: ReadonlyArray<{ readonly url: string, readonly type: string }> | undefined
  /** What it is, at length. */
  readonly description?: string | null | undefined
  /** What it is, in short. */
  readonly shortDescription?: string | null | undefined
  /** Who made it. */
  readonly developerName?: string | null | undefined
  /** Who published it. */
  readonly publisherName?: string | null | undefined
  /** When it came out. */
  readonly releaseDate?: string | null | undefined
  /** From which age on it is for. */
  readonly minAge?: number | null | undefined
  /** What kinds of game it is. */
  readonly genres?: readonly string[] | undefined
  /** True for a bundle of several titles. */
  readonly isBundle?: boolean | undefined
  /** True when the subscription has it. */
  readonly isGamePass?: boolean | undefined
  /** Whether it can be played in the cloud; null: nothing is said. */
  readonly isStreamable?: boolean | null | undefined
  /** Sent as it is written. */
  readonly xboxLiveTier?: string | undefined
  /** The title id of its release for later consoles. */
  readonly modernTitleId?: number | null | undefined
  /** The title ids of its other releases. */
  readonly alternateTitleIds?: readonly number[] | undefined
  /** True when the number of its achievements is told as 0, as the live service does for some titles. */
  readonly hidesTotal?: boolean | undefined
}

export interface WorldRequirementInput {
  /** Unique among the requirements of its achievement. */
  readonly id: string
  /** The value at which it is met, e.g. "100". */
  readonly target: string
  /** How reported values add up, sent as it is written. Known are Sum, Minimum and Maximum, of event-based achievements in capitals: SUM, MINIMUM, MAXIMUM; null is SUM in the live dialect, Sum in the documented one. */
  readonly operationType?: string | null | undefined
  /** What `target` and `current` are. */
  readonly valueType?: 'Integer' | 'Double' | 'DateTime' | 'String' | undefined
  /** Who works towards it. */
  readonly ruleParticipationType?: 'Individual' | 'Group' | undefined
}

export interface WorldMediaAssetInput {
  readonly name: string
  /** What it shows, sent as it is written. Known are Icon and Art. */
  readonly type: string
  /** Where it is. */
  readonly url: string
}

export interface WorldRewardInput {
  /** Shown to the user. */
  readonly name?: LocalizedTextInput | null | undefined
  /** Shown to the user. */
  readonly description?: LocalizedTextInput | null | undefined
  /** The gamerscore as a decimal, or what the title gives. */
  readonly value: string
  /** What it is. */
  readonly type: 'Gamerscore' | 'InApp' | 'Art'
  /** What `value` is; by default Int for Gamerscore, String for InApp, Uri for Art. */
  readonly valueType?: 'Int' | 'String' | 'Uri' | null | undefined
  /** Its picture; the live dialect alone sends it. */
  readonly mediaAsset?: WorldMediaAssetInput | null | undefined
}

export interface WorldIgdbInput {
  /** The id of its record, unique; by default one beyond 4294967295. */
  readonly id?: number | null | undefined
  /** Whose achievement it is: 1 PlayStation, 2 Xbox, 3 Steam. */
  readonly category?: number | undefined
  /** 1 bronze, 2 silver, 3 gold, 4 platinum. */
  readonly rank?: number | null | undefined
  /** The id of its game. */
  readonly game?: number | null | undefined
  /** Words that go with it. */
  readonly tags?: readonly string[] | undefined
  /** The id of a region. */
  readonly language?: number | null | undefined
  /** Its picture; by default the url of its first media asset of type Icon. */
  readonly icon?: { readonly url: string, readonly cloudinaryId?: string | null | undefined, readonly width?: number | null | undefined, readonly height?: number | null | undefined } | null | undefined
  /** The id that the other service gave it; by default `{serviceConfigId}/{id}`. */
  readonly externalId?: string | null | undefined
  /** Milliseconds since 1970. */
  readonly createdAt?: number | undefined
  /** Milliseconds since 1970; by default `createdAt`. */
  readonly updatedAt?: number | null | undefined
  /** How many have it; by default the users who unlocked it. */
  readonly owners?: number | null | undefined
  /** How many of those who own the game have it; by default of the users who play it. */
  readonly ownersPercentage?: number | null | undefined
}

export interface WorldAchievementInput {
  /** Unique in its service configuration. */
  readonly id: number
  /** Needs the default locale of its title. */
  readonly name: LocalizedTextInput
  /** Shown once it is unlocked; by default empty. In the same locales as `name`. */
  readonly description?: LocalizedTextInput | null | undefined
  /** Shown until it is unlocked; by default the description. In the same locales as `name`. */
  readonly lockedDescription?: LocalizedTextInput | null | undefined
  /** True when it is hidden until it is unlocked. */
  readonly isSecret?: boolean | undefined
  /** A challenge can be unlocked in its time window alone. */
  readonly achievementType?: 'Persistent' | 'Challenge' | undefined
  /** Who works towards it. */
  readonly participationType?: 'Individual' | 'Group' | undefined
  /** When it can be unlocked; null: always. */
  readonly timeWindow?: { readonly startDate: string, readonly endDate: string } | null | undefined
  /** What has to be done, of an event-based achievement. A title-managed one has the percentage in their place. */
  readonly requirements?: readonly WorldRequirementInput[] | undefined
  /** Its pictures. */
  readonly mediaAssets?: readonly WorldMediaAssetInput[] | undefined
  /** What the user gets. */
  readonly rewards?: readonly WorldRewardInput[] | undefined
  /** How long it takes, hh:mm:ss. */
  readonly estimatedTime?: string | null | undefined
  /** Where in the title it is worked on. */
  readonly deeplink?: string | null | undefined
  /** What V1 alone shows. */
  readonly xbox360?: { readonly imageId?: number | undefined, readonly type?: number | undefined } | undefined
  /** What the IGDB view tells of it, where that is not what follows from the rest. */
  readonly igdb?: WorldIgdbInput | null | undefined
}

export interface WorldTitleInput {
  /** The decimal title id. */
  readonly titleId: number
  /** The title. */
  readonly name: string
  /** Its version. */
  readonly version?: string | null | undefined
  /** Which contract versions show it: modern 2, xbox360 1. */
  readonly generation?: 'modern' | 'xbox360' | undefined
  /** What unlocks its achievements: titleManaged, what the title reports; eventBased, rules on its events. By default eventBased when one of its achievements is a challenge or has requirements of its own, else titleManaged. An Xbox 360 title has none. */
  readonly achievementSystem?: 'titleManaged' | 'eventBased' | null | undefined
  /** True when updates of its event-based achievements are refused. */
  readonly refusesUpdates?: boolean | undefined
  /** As the service names it, e.g. "DGame". */
  readonly titleType?: string | undefined
  /** Sent with every achievement. */
  readonly platform?: string | undefined
  /** The platforms that it runs on. */
  readonly platforms?: readonly string[] | undefined
  /** The id of its product in the store. */
  readonly productId?: string | null | undefined
  readonly serviceConfigId: string
  /** True when other titles may read its achievements. */
  readonly public?: boolean | undefined
  /** Where it is published. */
  readonly sandboxes?: readonly string[] | undefined
  /** The locale of its plain strings. */
  readonly defaultLocale?: string | undefined
  /** What V1 alone shows. */
  readonly xbox360?: { readonly titleType?: number | undefined, readonly platforms?: readonly number[] | undefined } | undefined
  /** How a single achievement is answered: moved 301, redirected 307, retired 410. */
  readonly status?: 'active' | 'moved' | 'redirected' | 'retired' | undefined
  /** Where a moved or redirected achievement is; {xuid}, {scid} and {achievementid} are filled in. */
  readonly location?: string | null | undefined
  /** The ids of the apps that sign in as this title, in any letter case; each belongs to one title. */
  readonly clientIds?: readonly string[] | undefined
  /** What titlehub tells of it, where that is not what follows from the rest. */
  readonly titleHub?: WorldTitleHubInput | null | undefined
  /** In the order in which the documented dialect lists them; the live dialect lists them by id. */
  readonly achievements?: readonly WorldAchievementInput[] | undefined
}

export interface WorldProfileInput {
  /** The real name. */
  readonly realName?: string | undefined
  /** What the user says of itself. */
  readonly bio?: string | undefined
  /** Where the user says to be. */
  readonly location?: string | undefined
  /** The subscription. */
  readonly accountTier?: 'Gold' | 'Silver' | 'FamilyGold' | undefined
  /** For how many years. */
  readonly tenureLevel?: number | undefined
  /** The reputation, sent as it is written, e.g. GoodPlayer, Superstar, NeedsWork, AvoidMe. */
  readonly xboxOneRep?: string | undefined
  /** The picture; by default one that the emulator draws. */
  readonly displayPic?: string | null | undefined
  /** The colours; by default some of the service's. */
  readonly preferredColor?: { readonly primaryColor: string, readonly secondaryColor: string, readonly tertiaryColor: string } | null | undefined
  /** Names of what the user has taken part in. */
  readonly watermarks?: readonly string[] | undefined
  /** The gamertag without its suffix; by default made of the gamertag. */
  readonly modernGamertag?: string | null | undefined
  /** The number behind it; by default none. */
  readonly modernGamertagSuffix?: string | undefined
  /** True when enforcement has restricted the account. */
  readonly isQuarantined?: boolean | undefined
}

export interface WorldPresenceTitleInput {
  /** A title; not necessarily of this world. */
  readonly titleId: number
  /** By default the name of the title of this world; the service has an empty one for titles of PCs and phones. */
  readonly name?: string | null | undefined
  /** Whether the user is playing it. */
  readonly state?: 'Active' | 'Inactive' | undefined
  /** How it is on the screen. */
  readonly placement?: 'Full' | 'Fill' | 'Snapped' | 'Background' | undefined
  /** What the user is doing in it. */
  readonly richPresence?: string | null | undefined
}

export interface WorldPresenceInput {
  /** Whether the user is there. */
  readonly state?: 'Online' | 'Away' | 'Offline' | undefined
  /** The device, e.g. XboxOne, Scarlett, WindowsOneCore, iOS. */
  readonly deviceType?: string | undefined
  /** The titles that run there, the one in front last; of an offline user, the last one. */
  readonly titles?: readonly WorldPresenceTitleInput[] | undefined
  /** Since when; null: nobody knows. */
  readonly timestamp?: string | null | undefined
}

export interface WorldStatInput {
  /** Unique in the title, in any letter case. */
  readonly name: string
  /** What the value is. */
  readonly type?: 'Integer' | 'Double' | 'String' | 'DateTime' | undefined
  /** As text. */
  readonly value: string
}

export interface WorldPlayedTitleInput {
  /** A title of this world. */
  readonly titleId: number
  /** Where it was played; null: in every sandbox in which the title is published. */
  readonly sandbox?: string | null | undefined
  /** When the user last played it. */
  readonly lastPlayed: string
  /** The number that V1's history has of it; null: what follows from the rest. */
  readonly sequence?: number | null | undefined
  /** How long the user has played it, in minutes: the statistic MinutesPlayed. Null: nobody knows. */
  readonly minutesPlayed?: number | null | undefined
  /** Other statistics of the user in it. */
  readonly stats?: readonly WorldStatInput[] | undefined
}

export interface WorldProgressInput {
  readonly serviceConfigId: string
  /** The achievement. */
  readonly id: number
  /** Where it was done; null: in every sandbox in which a title of the service configuration is published. */
  readonly sandbox?: string | null | undefined
  /** 100 is unlocked. */
  readonly percentComplete?: number | undefined
  /** When it was unlocked; null with 100 percent: nobody knows when. */
  readonly timeUnlocked?: string | null | undefined
  /** True when enforcement took it away. */
  readonly isRevoked?: boolean | undefined
  /** What the user has done towards each. */
  readonly requirements?: ReadonlyArray<{ readonly id: string, readonly current: string }> | undefined
}

export interface WorldUserInput {
  readonly xuid: string
  /** Unique, in any letter case. */
  readonly gamertag: string
  /** Who may see the achievements. */
  readonly privacy?: 'everyone' | 'friendsOnly' | 'blocked' | undefined
  /** The users whom this user has added; they are friends in the sense of `friendsOnly`. */
  readonly friends?: readonly string[] | undefined
  /** Those of the friends who are favourites. */
  readonly favorites?: readonly string[] | undefined
  /** What the hosts of profiles and people tell of the user; null: the defaults. */
  readonly profile?: WorldProfileInput | null | undefined
  /** Where the user is; null: offline, and nobody knows since when. */
  readonly presence?: WorldPresenceInput | null | undefined
  /** The number (XErr) with which signing in is refused, e.g. 2148916238 for a child; null: it is not. */
  readonly signInError?: number | null | undefined
  /** The titles that the user has played, unlocked something or not. */
  readonly titles?: readonly WorldPlayedTitleInput[] | undefined
  /** What the user has begun or unlocked. */
  readonly achievements?: readonly WorldProgressInput[] | undefined
}

export interface WorldSessionInput {
  readonly userHash: string
  readonly token: string
  /** The user claim; a token without one is refused with 403. */
  readonly xuid?: string | null | undefined
  /** The title claim. */
  readonly titleId?: number | null | undefined
  /** The sandbox claim; none is RETAIL. */
  readonly sandbox?: string | null | undefined
  /** The country of the user's address. */
  readonly location?: string | null | undefined
  /** True when the caller is a web site that acts for the user. */
  readonly thirdPartySite?: boolean | undefined
  /** When the token ends; null: never. */
  readonly expires?: string | null | undefined
}

export interface WorldInput {
  /** For the editor. */
  readonly $schema?: string | undefined
  /** The titles and their achievements. */
  readonly titles?: readonly WorldTitleInput[] | undefined
  /** The users and what they have done. */
  readonly users?: readonly WorldUserInput[] | undefined
  /** The tokens: `Authorization: XBL3.0 x={userHash};{token}`. */
  readonly sessions?: readonly WorldSessionInput[] | undefined
  /** The keys of the IGDB view: `user-key: {key}`. */
  readonly userKeys?: readonly string[] | undefined
}
