import { Type } from '@sinclair/typebox'
import { Config } from '../config/config.ts'
import { boolean, count, guid, literals, nullable, object, string, titleId } from '../http/answer-schema.ts'
import { DIFFERENCE_KINDS, DIFFERENCE_OUTCOMES } from '../model/difference.ts'
import { DIALECTS } from '../model/dialect.ts'
import { CROSS_USER_RULES } from '../model/user.ts'
import { WorldCount } from './answer-schemas.ts'

/** The answers of the routes that show and change the world as a whole. */

const { rateLimit, unknownTokens, signInAs, database, exportOnExit } = Config.properties

export const AboutSchema = object({
  version: string('The version of the emulator.'),
  dialect: literals(DIALECTS, 'In which of the two known ways it answers.'),
  source: string('Where the world comes from, as messages name it.'),
  isMerged: boolean('Whether something was merged into it since the start: to compare the two then takes as long as there are users.'),
  world: object({
    titles: count('How many titles it has.'),
    achievements: count('How many achievements those define.'),
    users: count('How many users it has.'),
    sessions: count('How many tokens.')
  }),
  sandboxes: Type.Array(object({ sandbox: string('Its id.'), titles: count('How many titles are published there.') }), { description: 'The first hundred, in the order of their names.' }),
  addresses: object({
    http: nullable(Type.String(), 'Where it listens, for clients on its machine; null while it does not.'),
    https: nullable(Type.String(), 'The same over TLS; null without --tls.')
  }),
  hosts: Type.Array(Type.String(), { description: 'The hosts of Xbox Live that it answers for.' }),
  ca: nullable(Type.String(), 'The file of the certificate to trust, on the machine of the emulator; null without --tls. `GET /_emulator/ca.pem` has what is in it.'),
  options: object({
    crossUser: literals(CROSS_USER_RULES, 'Who may read others.'),
    rateLimit: nullable(Type.String(), `${rateLimit.description}.`),
    unknownTokens: nullable(Type.String(), `${unknownTokens.description}.`),
    signIn: boolean('Whether the sign-in hosts are served.'),
    signInAs: nullable(Type.String(), `${signInAs.description}.`),
    verifySignatures: boolean('Whether the requests for tokens have to be signed.'),
    igdb: boolean('Whether the IGDB view is served.'),
    neighbours: boolean('Whether the hosts around the achievements are served.'),
    rta: boolean('Whether real-time activity is served.'),
    journal: count('How many requests the journal keeps.'),
    journalAnswers: boolean('Whether it keeps what is answered.'),
    requestTimeout: count('How long a request may take to arrive whole, in ms.'),
    database: string(`${database.description}.`),
    watch: boolean('Whether the world is read anew when its files change.'),
    exportOnExit: nullable(Type.String(), `${exportOnExit.description}.`)
  }, { description: 'The options with which it was started, without those that are secret.' }),
  needsKey: boolean('Whether the control API demands a key.'),
  largestWorld: count('How large a body with a world may be, in bytes.')
}, { title: 'About' })

const members = (description: string) => nullable(Type.Record(Type.String(), Type.Unknown(), { additionalProperties: false }), description)

const DifferenceSchema = object({
  kind: literals(DIFFERENCE_KINDS, 'What differs. What a deleted user had is told of, too.'),
  what: literals(DIFFERENCE_OUTCOMES, 'What has become of it.'),
  xuid: nullable(Type.String(), 'Whom it is about; null: nobody.'),
  gamertag: nullable(Type.String(), 'How that user is called, or was.'),
  titleId: nullable(titleId, 'Of which title it is.'),
  title: nullable(Type.String(), 'How that title is called.'),
  sandbox: nullable(Type.String(), 'Where it was done.'),
  friend: nullable(object({ xuid: string('The XUID.'), gamertag: string('The gamertag.') }), 'Of a friendship: whom the user has added.'),
  achievement: nullable(object({
    serviceConfigId: guid('The service configuration (SCID).'),
    id: count('The achievement.'),
    name: string('In the default locale of its title.')
  }), 'Which achievement.'),
  before: members('The members that differ, by their names in a world, as they were at the start; null: there was no such entry.'),
  after: members('The same, as they are; null: there is no such entry any more.')
}, { title: 'Difference', description: 'Something that is otherwise than at the start. Of a token, what it claims, and nothing with which it could be used.' })

const DifferenceCountSchema = object(Object.fromEntries(DIFFERENCE_OUTCOMES.map((what) => [what, count('How many are so.')])) as Record<typeof DIFFERENCE_OUTCOMES[number], ReturnType<typeof count>>, { title: 'DifferenceCount' })

export const DifferenceCountsSchema = object(
  Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, DifferenceCountSchema])) as Record<typeof DIFFERENCE_KINDS[number], typeof DifferenceCountSchema>,
  { title: 'DifferenceCounts', description: 'How many differences there are of each kind, on all pages, whatever is asked for.' })

export const DifferenceListSchema = object({
  differences: Type.Array(DifferenceSchema, { description: 'In the order of their kinds; of a kind, in that in which users were defined.' }),
  counts: DifferenceCountsSchema,
  next: nullable(Type.String(), 'What `after` takes for the next page; null: there is no more.')
}, { title: 'DifferenceList' })

export const ImportResultSchema = object({
  problems: Type.Array(Type.String(), { description: 'Why nothing can be done, a line each with the file and the place in it; of a dry run alone, as it is a 400 otherwise.' }),
  warnings: Type.Array(Type.String(), { description: 'What Partner Center would warn of, a line each.' }),
  ignored: Type.Array(Type.String(), { description: 'Files that are neither worlds nor documents of Partner Center.' }),
  changes: nullable(object({
    world: WorldCount,
    counts: DifferenceCountsSchema,
    differences: Type.Array(DifferenceSchema, { description: 'The first hundred.' })
  }, { title: 'ForeseenChanges' }), 'What would change, and how large the world would be; of a dry run without problems alone.'),
  world: WorldCount
}, { title: 'ImportResult', description: 'What was done, or would be; and the world as it is now.' })
