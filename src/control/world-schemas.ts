import { Type } from '@sinclair/typebox'
import { Config } from '../config/config.ts'
import { boolean, count, literals, nullable, object, string } from '../http/answer-schema.ts'
import { DIALECTS } from '../model/dialect.ts'
import { CROSS_USER_RULES } from '../model/user.ts'

/** The answers of the routes that show and change the world as a whole. */

const { rateLimit, unknownTokens, signInAs, database, exportOnExit } = Config.properties

export const AboutSchema = object({
  version: string('The version of the emulator.'),
  dialect: literals(DIALECTS, 'In which of the two known ways it answers.'),
  source: string('Where the world comes from, as messages name it.'),
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
