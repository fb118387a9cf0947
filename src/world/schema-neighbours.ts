import { Type, type Static } from '@sinclair/typebox'
import { ACCOUNT_TIERS, PLACEMENTS, PRESENCE_STATES, STAT_TYPES, TITLE_STATES } from '../model/user-details.ts'
import { boolean, choice, described, list, nonEmptyString, nullable, object, pattern, string, unsigned32 } from './schema-parts.ts'
import { GAMERTAG_EXPECTED, instantString, PATTERNS } from './schema-strings.ts'

/** What a world says for the hosts around the achievements alone. Members have the names of the wire where it has one. */

const url = pattern(PATTERNS.url, 'a URL that begins with http:// or https://')
const color = pattern(PATTERNS.color, 'a colour of six hexadecimal digits, e.g. "107c10"')

const plainText = (description: string) => Type.String({ ...string, default: '', description })
const textList = (description: string, expected: string) => Type.Array(nonEmptyString, { default: [], description, errorMessage: expected })

const WorldHubImage = object({
  url: described(url, 'Where it is.'),
  type: described(nonEmptyString, 'What it is for, sent as it is written, e.g. BoxArt, Poster, Screenshot.')
})

export const WorldTitleHub = object({
  pfn: nullable(pattern(PATTERNS.packageFamilyName, 'a package family name, e.g. "Example.Game_8wekyb3d8bbwe"'), 'Its package family name, by which clients find a title of a PC; unique, in any letter case.'),
  productId: nullable(nonEmptyString, 'The id of its product as the Store writes it, e.g. "9NBLGGH4R315".'),
  type: nullable(choice(['Game', 'Application']), 'By default Application where `titleType` has "App" in it, else Game.'),
  mediaItemType: nullable(nonEmptyString, 'By default what follows from its generation.'),
  devices: nullable(Type.Array(nonEmptyString, { errorMessage: 'a list of strings that are not empty' }), 'Where it runs, e.g. XboxOne, XboxSeries, PC, Win32, Xbox360, Mobile; by default what follows from `platforms` and its generation.'),
  displayImage: nullable(url, 'Its picture; by default the first BoxArt or Tile of `images`, else one that the emulator draws.'),
  images: list(WorldHubImage, 'More pictures.'),
  description: nullable(string, 'What it is, at length.'),
  shortDescription: nullable(string, 'What it is, in short.'),
  developerName: nullable(string, 'Who made it.'),
  publisherName: nullable(string, 'Who published it.'),
  releaseDate: nullable(instantString, 'When it came out.'),
  minAge: nullable(unsigned32, 'From which age on it is for.'),
  genres: textList('What kinds of game it is.', 'a list of strings that are not empty'),
  isBundle: boolean('True for a bundle of several titles.'),
  isGamePass: boolean('True when the subscription has it.'),
  isStreamable: nullable(Type.Boolean({ errorMessage: 'true or false' }), 'Whether it can be played in the cloud; null: nothing is said.'),
  xboxLiveTier: Type.String({ ...nonEmptyString, default: 'Full', description: 'Sent as it is written.' }),
  modernTitleId: nullable(unsigned32, 'The title id of its release for later consoles.'),
  alternateTitleIds: Type.Array(unsigned32, { default: [], description: 'The title ids of its other releases.', errorMessage: 'a list of title ids' }),
  hidesTotal: boolean('True when the number of its achievements is told as 0, as the live service does for some titles.')
})

export const WorldProfile = object({
  realName: plainText('The real name.'),
  bio: plainText('What the user says of itself.'),
  location: plainText('Where the user says to be.'),
  accountTier: choice(ACCOUNT_TIERS, { default: 'Gold', description: 'The subscription.' }),
  tenureLevel: Type.Integer({ ...unsigned32, default: 0, description: 'For how many years.' }),
  xboxOneRep: Type.String({ ...nonEmptyString, default: 'GoodPlayer', description: 'The reputation, sent as it is written, e.g. GoodPlayer, Superstar, NeedsWork, AvoidMe.' }),
  displayPic: nullable(url, 'The picture; by default one that the emulator draws.'),
  preferredColor: nullable(object({ primaryColor: color, secondaryColor: color, tertiaryColor: color }), 'The colours; by default some of the service\'s.'),
  watermarks: Type.Array(pattern(PATTERNS.watermark, 'a name that is not empty, without a bar and without control characters'), { default: [], description: 'Names of what the user has taken part in.', errorMessage: 'a list of strings' }),
  modernGamertag: nullable(pattern(PATTERNS.gamertag, GAMERTAG_EXPECTED), 'The gamertag without its suffix; by default made of the gamertag.'),
  modernGamertagSuffix: Type.String({ pattern: '^[0-9]{0,12}$', default: '', description: 'The number behind it; by default none.', errorMessage: 'a string of at most 12 digits' }),
  isQuarantined: boolean('True when enforcement has restricted the account.')
})

const WorldPresenceTitle = object({
  titleId: described(unsigned32, 'A title; not necessarily of this world.'),
  name: nullable(nonEmptyString, 'By default the name of the title of this world.'),
  state: choice(TITLE_STATES, { default: 'Active', description: 'Whether the user is playing it.' }),
  placement: choice(PLACEMENTS, { default: 'Full', description: 'How it is on the screen.' }),
  richPresence: nullable(nonEmptyString, 'What the user is doing in it.')
})

export const WorldPresence = object({
  state: choice(PRESENCE_STATES, { default: 'Online', description: 'Whether the user is there.' }),
  deviceType: Type.String({ ...nonEmptyString, default: 'XboxOne', description: 'The device, e.g. XboxOne, Scarlett, WindowsOneCore, iOS.' }),
  titles: list(WorldPresenceTitle, 'The titles that run there, the one in front last; of an offline user, the last one.'),
  timestamp: nullable(instantString, 'Since when; null: nobody knows.')
})

export const WorldStat = object({
  name: described(nonEmptyString, 'Unique in the title, in any letter case.'),
  type: choice(STAT_TYPES, { default: 'Integer', description: 'What the value is.' }),
  value: described(string, 'As text.')
})

export type WorldTitleHub = Static<typeof WorldTitleHub>
export type WorldProfile = Static<typeof WorldProfile>
export type WorldPresence = Static<typeof WorldPresence>
export type WorldStat = Static<typeof WorldStat>
