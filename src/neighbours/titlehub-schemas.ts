import { Type, type TSchema } from '@sinclair/typebox'
import { boolean, count, guid, instant, literals, nullable, object, string } from '../http/answer-schema.ts'

/** What titlehub tells of a title. The order of the members is the recorded one. */

const texts = (description: string) => Type.Array(Type.String(), { description })
const nothing = (description: string) => Type.Null({ description })
const nullUnlessAsked = <T extends TSchema>(schema: T, description: string) => nullable(schema, `${description} Null unless its decoration is asked for.`)

const HubProgress = object({
  currentAchievements: count('How many the user has unlocked.'),
  totalAchievements: count('How many there are; 0 where the world says that titlehub hides it.'),
  currentGamerscore: count('What those that are unlocked are worth.'),
  totalGamerscore: count('What all are worth.'),
  progressPercentage: Type.Number({ minimum: 0, description: 'The share of the gamerscore, in whole percent, written with a decimal, e.g. `36.0`; halves are rounded to the even number.' }),
  sourceVersion: Type.Integer({ minimum: 0, maximum: 2, description: '2: a title of Xbox One or later, 1: one of the Xbox 360, 0: no user is asked for, or there are no achievements.' })
}, { title: 'HubProgress', description: 'What the user has earned; without a user all is 0.' })

const HubPicture = object({ url: string('Where it is.'), type: string('What it shows, e.g. `BoxArt`, `Poster`, `Screenshot`.') }, { title: 'HubPicture', description: 'A picture of a title.' })

const TitleHistoryEntry = object({
  lastTimePlayed: instant('When the user last played it, or began or unlocked something in it; the year 1: not known.'),
  visible: boolean('True: others may see it.'),
  canHide: boolean('False: the user cannot hide it.')
}, { title: 'HubTitleHistory', description: 'When the title was played.' })

const HubDetail = object({
  attributes: Type.Array(Type.Unknown(), { maxItems: 0, description: 'None.' }),
  availabilities: Type.Array(Type.Unknown(), { maxItems: 0, description: 'None.' }),
  capabilities: Type.Array(Type.Unknown(), { maxItems: 0, description: 'None.' }),
  description: string('The long text of the store.'),
  developerName: string('Who made it.'),
  genres: texts('What it is of.'),
  publisherName: string('Who published it.'),
  minAge: count('For players of this age, in years.'),
  releaseDate: nullable(Type.String(), 'When it was released.'),
  shortDescription: string('The short text of the store.'),
  vuiDisplayName: nothing('None.'),
  xboxLiveGoldRequired: boolean('False.')
}, { title: 'HubDetail', description: 'What the store tells of a title.' })

export const HubTitleSchema = object({
  titleId: Type.String({ pattern: '^[0-9]+$', description: 'The title, in decimal.' }),
  pfn: nullable(Type.String(), 'The package family name.'),
  bingId: nothing('None.'),
  serviceConfigId: Type.Optional(guid('Its service configuration; left out unless `scid` is asked for.')),
  windowsPhoneProductId: nothing('None.'),
  name: string('What it is called.'),
  type: literals(['Game', 'Application'], 'What it is.'),
  devices: texts('Where it runs, e.g. `XboxOne`, `XboxSeries`, `PC`, `Win32`, `Xbox360`, `Mobile`.'),
  displayImage: string('The URL of the picture that stands for it.'),
  mediaItemType: string('What the store calls it, e.g. `Application`, `Xbox360Game`.'),
  modernTitleId: nullable(Type.String({ pattern: '^[0-9]+$' }), 'The title as later consoles run it.'),
  isBundle: boolean('True: it consists of several titles.'),
  achievement: nullUnlessAsked(HubProgress, 'What the user has earned.'),
  stats: nullUnlessAsked(object({ sourceVersion: count('2.') }), 'Where its statistics come from.'),
  gamePass: nullUnlessAsked(object({ isGamePass: boolean('True: Game Pass has it.') }), 'Whether Game Pass has it.'),
  images: nullUnlessAsked(Type.Array(HubPicture), 'Its pictures, at least that of displayImage.'),
  titleHistory: nullable(TitleHistoryEntry, 'When the user last played it: always there in `titlehistory`; otherwise where `titleHistory` is asked for and the user has played it.'),
  titleRecord: nothing('None.'),
  detail: nullUnlessAsked(HubDetail, 'What the store tells of it.'),
  friendsWhoPlayed: nothing('None, asked for or not.'),
  alternateTitleIds: nullUnlessAsked(texts('Decimal title ids.'), 'Other titles that are the same game.'),
  contentBoards: nothing('None, asked for or not.'),
  productId: Type.Optional(nullable(Type.String(), 'The Store\'s id; left out unless `productId` is asked for.')),
  xboxLiveTier: string('`Full`, or `None` for a title without Xbox Live.'),
  isStreamable: Type.Optional(boolean('True: it can be streamed; left out where the world does not say.'))
}, { title: 'HubTitle', description: 'A title. What is not asked for is null.' })

export const HubTitles = object({
  xuid: nullable(Type.String({ pattern: '^[0-9]{1,20}$' }), 'The user in the path; null where the path names none.'),
  titles: Type.Array(HubTitleSchema, { description: 'A history: the last played first; otherwise those that were named and exist, in that order.' })
}, { title: 'HubTitles' })
