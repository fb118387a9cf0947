import { Type } from '@sinclair/typebox'
import { count, boolean, guid, instant, nullable, object, string, titleId, literals } from '../http/answer-schema.ts'
import { DIALECTS } from '../model/dialect.ts'
import { DEVICE_CODE_STATES } from '../model/session.ts'
import { ACHIEVEMENT_SYSTEMS, GENERATIONS } from '../model/title.ts'
import { PRIVACY_SETTINGS } from '../model/user.ts'
import { PATTERNS } from '../world/schema.ts'
import { FaultSpec } from './faults/schema.ts'
import { FRAME_DIRECTIONS, FRAME_TYPES } from './journal/frame.ts'

/** The bodies that the emulator's own routes answer with. */

const xuidClaim = nullable(Type.String({ pattern: PATTERNS.xuid }), 'The user claim; null for none.')
const claims = {
  xuid: xuidClaim,
  titleId: nullable(titleId, 'The title claim; null for none.'),
  sandbox: nullable(Type.String(), 'The sandbox claim; null for none, which sees RETAIL.'),
  location: nullable(Type.String(), 'The country of the user\'s address, ISO 3166; null for none.'),
  thirdPartySite: boolean('True for a web site that acts for the user.')
}

export const WorldCount = object({
  titles: count('How many titles it has.'),
  achievements: count('How many achievements those define.'),
  users: count('How many users it has.')
}, { title: 'WorldCount', description: 'How large the world is.' })

export const HealthSchema = object({
  status: Type.Literal('ok'),
  version: string('The version of the emulator.'),
  dialect: literals(DIALECTS, 'In which of the two known ways it answers.'),
  world: WorldCount
}, { title: 'Health' })

export const Ready = object({ status: Type.Literal('ready') }, { title: 'Ready' })

export const ChangedWorld = object({ world: WorldCount }, { title: 'ChangedWorld', description: 'The world as it is now.' })

const next = (of: string): string => `What \`after\` takes for the next page: ${of} of the last entry; null: there is no more.`

const ListedUserSchema = object({
  xuid: Type.String({ pattern: PATTERNS.xuid, description: 'The XUID.' }),
  gamertag: string('The gamertag.'),
  privacy: literals(PRIVACY_SETTINGS, 'Who may see the achievements.'),
  gamerscore: count('Of everything that the user has unlocked, in any sandbox; each achievement counts once.'),
  possibleGamerscore: count('What the titles that the user has played are worth in all.'),
  titlesPlayed: count('The titles that the user has played or begun an achievement of, in any sandbox; each counts once.'),
  friendCount: count('How many users the user has added.'),
  signInError: nullable(Type.Integer(), 'The number (XErr) with which signing in is refused; null: it is not.')
}, { title: 'ListedUser', description: 'A user, without what the user has done.' })

export const UserList = object({
  users: Type.Array(ListedUserSchema, { description: 'In the order of the gamertags; with `search`, behind them those whose XUIDs begin so, in the order of their digits.' }),
  next: nullable(Type.String(), 'What `after` takes for the next page; null: there is no more.')
}, { title: 'UserList' })

const ListedFriendSchema = object({
  ...ListedUserSchema.properties,
  isFavorite: boolean('True when the friend is a favourite.')
}, { title: 'ListedFriend', description: 'A user whom another one has added.' })

export const FriendList = object({ friends: Type.Array(ListedFriendSchema, { description: 'In the order in which the world defines them.' }) }, { title: 'FriendList' })

const ListedTitleSchema = object({
  titleId,
  name: string('The title.'),
  serviceConfigId: guid('The service configuration (SCID).'),
  generation: literals(GENERATIONS, 'Which contract versions show it: modern 2, xbox360 1.'),
  achievementSystem: nullable(literals(ACHIEVEMENT_SYSTEMS, ''), 'What unlocks its achievements; null: it is an Xbox 360 title.'),
  sandboxes: Type.Array(Type.String(), { description: 'Where it is published.' }),
  achievementCount: count('How many achievements it defines.'),
  gamerscore: count('What they are worth in all.')
}, { title: 'ListedTitle', description: 'A title, without its achievements.' })

export const TitleList = object({
  titles: Type.Array(ListedTitleSchema, { description: 'In the order of the title ids.' }),
  next: nullable(titleId, next('the title id'))
}, { title: 'TitleList' })

export const MintedSession = object({
  authorization: string('What to send as the Authorization header.'),
  userHash: string('The user hash of the header.'),
  token: string('The token of the header.'),
  ...claims,
  expires: nullable(instant(''), 'When the token ends, UTC; null: never.')
}, { title: 'MintedSession', description: 'A token and what it claims.' })

export const SessionList = object({
  sessions: Type.Array(MintedSession, { description: 'In the order in which they were added; those that have ended are among them.' }),
  next: nullable(Type.Integer({ minimum: 1 }), 'What `after` takes for the next page; null: there is no more.')
}, { title: 'SessionList' })

export const DeviceCodeList = object({
  deviceCodes: Type.Array(object({
    userCode: string('What a person enters.'),
    clientId: string('The application that asked for it.'),
    scope: string('What the application asked for.'),
    state: literals(DEVICE_CODE_STATES, 'slowDown: the device is told to poll less often. used: it has signed in.'),
    xuid: nullable(Type.String({ pattern: PATTERNS.xuid }), 'Who approved; null: nobody has.'),
    expires: instant('When it ends, UTC.')
  }, { title: 'ListedDeviceCode' }), { description: 'In the order in which they were given; those that have ended are among them.' }),
  next: nullable(Type.Integer({ minimum: 1 }), 'What `after` takes for the next page; null: there is no more.')
}, { title: 'DeviceCodeList' })

export const SetProgress = object({
  serviceConfigId: guid('The service configuration (SCID).'),
  id: count('The achievement.'),
  sandbox: nullable(Type.String(), 'Where it was done; null: in every sandbox in which a title of the service configuration is published.'),
  percentComplete: Type.Integer({ minimum: 0, maximum: 100, description: 'How far the user is, in percent.' }),
  timeUnlocked: nullable(instant(''), 'When it was unlocked, UTC; null: it is locked.'),
  isRevoked: boolean('True when enforcement took it away.'),
  requirements: Type.Array(object({
    id: string('The requirement.'), current: string('How far the user is, as text.')
  }), { description: 'Every requirement that is begun.' })
}, { title: 'SetProgress', description: 'A user\'s progress, as a world has it.' })

export const ClockStateSchema = object({
  now: instant('What time it is for the emulator, UTC.'),
  isFrozen: boolean('True when it stands still.'),
  offset: Type.Integer({ description: 'How far it runs ahead of the real time, in ms; negative: behind.' })
}, { title: 'ClockState' })

export const FaultSchema = object({
  ...FaultSpec.properties,
  body: Type.Unknown({ description: 'The body of the answer, as it was given; null: that of any such refusal.' }),
  id: count('Deletes it: DELETE /_emulator/faults/{id}. Also in the journal entry of each request that it happened to.'),
  seed: count('What its chance was seeded with.'),
  happened: count('How often it has happened.')
}, { title: 'Fault', description: 'A fault that is set up.' })

export const FaultList = object({ faults: Type.Array(FaultSchema, { description: 'In the order in which they are tried.' }) }, { title: 'FaultList' })

const headers = (description: string) => Type.Record(Type.String(), Type.String(), { additionalProperties: false, description })

const JournalAnswerSchema = object({
  headers: headers('Those that the emulator has set, by name in lower case. … stands for what is secret.'),
  bytes: count('How many bytes of the body were written.'),
  body: Type.Unknown({ description: 'As JSON where it is JSON, otherwise as a text; null when there was none, when it was secret, or more than 256 kB.' })
}, { title: 'JournalAnswer', description: 'What was answered.' })

export const JournalEntrySchema = object({
  id: count('Counts requests since the start.'),
  time: instant('When it came, on the emulator\'s clock, UTC.'),
  method: string('The HTTP method.'),
  scheme: literals(['http', 'https'], 'https when it came over TLS.'),
  host: nullable(Type.String(), 'The host that it asked, with the port if it named one; null when it named no host.'),
  httpVersion: string('1.0, 1.1 or 2.0.'),
  path: string('The path in one spelling: in the letter case in which it was sent, percent-encoded only where it has to be, without scheme and host.'),
  query: string('The query as it was sent, without the question mark and without a fragment.'),
  headers: headers('By name in lower case; values of a repeated header are joined by commas. … stands for what is secret.'),
  contractVersion: nullable(Type.String(), 'x-xbl-contract-version as it was sent; null when it was not.'),
  claims: nullable(object(claims), 'Those of its token; null when it had none that is valid.'),
  body: Type.Unknown({ description: 'What was sent with it, as JSON; null when that was nothing, no JSON, secret, or more than 16 kB.' }),
  status: nullable(Type.Integer(), 'The status of the answer; null when the connection ended before an answer began.'),
  refusal: nullable(Type.String(), 'Why it was refused; null when it was not.'),
  hint: nullable(Type.String(), 'Why its list may be empty, and what to send instead; null for nothing.'),
  ms: Type.Number({ minimum: 0, description: 'How long the answer took, in ms.' }),
  fault: nullable(Type.Integer(), 'The fault that happened to it; null for none.'),
  matched: boolean('False when no route knew it.'),
  answer: nullable(JournalAnswerSchema, 'What was answered; null unless answers are kept (--journal-answers), and when the connection ended before an answer began.'),
  connection: Type.Optional(count('Of a request that has become a WebSocket (status 101) alone: the number of the connection, which its frames name, too.'))
}, { title: 'JournalEntry', description: 'A request that the emulator was sent. No token is in it.' })

export const FrameEntrySchema = object({
  id: count('Counts frames since the start.'),
  time: instant('When it came or was sent, on the emulator\'s clock, UTC.'),
  connection: count('The number of the connection; the entry of the request that has become it names it, too.'),
  request: nullable(Type.Integer(), 'The id of that entry; null when it never was in the journal.'),
  follows: count('The id of the last request before it, whoever has sent that.'),
  xuid: nullable(Type.String(), 'The XUID of the caller; null when its token names no user.'),
  direction: literals(FRAME_DIRECTIONS, 'in: from the client.'),
  type: literals(FRAME_TYPES, 'close: the end of the connection.'),
  text: string('The text, of a long one its first 16,384 characters; of a binary frame, nothing; of the end of the connection, the reason. … stands for what is secret.'),
  length: count('How long the whole text is, in characters.'),
  code: nullable(Type.Integer(), 'Of the end of a connection, its code, RFC 6455; 1006 when it was cut. Null for others.')
}, { title: 'FrameEntry', description: 'What was said on a WebSocket. No token is in it.' })

export const FrameListSchema = object({
  frames: Type.Array(FrameEntrySchema, { description: 'Those that match, oldest first.' }),
  newest: count('The id of the last frame of all, whether it matches or not; 0 before the first one.')
}, { title: 'FrameList' })

export const JournalSettingsSchema = object({
  answers: boolean('True: what is answered is kept, too.'),
  size: count('How many requests the journal keeps at most, and how many frames (--journal).')
}, { title: 'JournalSettings' })

export const JournalSchema = object({
  requests: Type.Array(JournalEntrySchema, { description: 'Those that match, oldest first.' }),
  newest: count('The id of the last request of all, whether it matches or not; 0 before the first one.')
}, { title: 'Journal' })
