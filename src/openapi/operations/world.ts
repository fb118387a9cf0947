import { Type } from '@sinclair/typebox'
import { ChangedWorld } from '../../control/answer-schemas.ts'
import { DIFFERENCE_KINDS } from '../../model/difference.ts'
import { AboutSchema, DifferenceListSchema } from '../../control/world-schemas.ts'
import { boolean, literals, string } from '../../http/answer-schema.ts'
import { World } from '../../world/schema.ts'
import { DEMO_SIZE, GAMER, refusalByStatus } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { limitParameter } from '../parameters.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

/** The operations on the world as a whole. */
export const WORLD_OPERATIONS: OperationsByRoute = {
  'GET /_emulator/about': (dialect) => ({
    id: 'about',
    summary: 'Tells what is served, where and how',
    answers: { 200: { description: 'The emulator, its world and its options.', body: AboutSchema }, ...controlRefusals(dialect) }
  }),

  'GET /_emulator/ca.pem': (dialect) => ({
    id: 'ca',
    summary: 'Gives the certificate that clients of HTTPS have to trust',
    description: 'Without its key, which never leaves its folder.',
    answers: {
      200: { description: 'One certificate or more, as PEM.', body: Type.String(), type: 'application/x-pem-file', headers: { 'Content-Disposition': 'A name for the file.' } },
      ...controlRefusals(dialect, 404)
    },
    exchanges: {
      none: { summary: 'HTTPS is not served', status: 404, answer: refusalByStatus(dialect, 404, 'There is no certificate, as HTTPS is not served: start with --tls.') }
    }
  }),

  'POST /_emulator/reset': (dialect) => ({
    id: 'reset',
    summary: 'Goes back to the world of the start',
    description: 'Or to that of the last `PUT /_emulator/world`. The clock, the faults and the journal stay, unless everything goes back.',
    query: { everything: Type.Boolean({ description: 'True: also the clock, faults and the requests that they hold back, the journal, the counts of the rate limits, the scrolls of the IGDB view, and the tokens of sign-ins.' }) },
    answers: { 200: { description: 'It is as it was.', body: ChangedWorld }, ...changeRefusals(dialect) },
    exchanges: {
      demo: { summary: 'The demo world', status: 200, answer: { world: DEMO_SIZE } },
      everything: { summary: 'Everything', query: { everything: 'true' }, status: 200, answer: { world: DEMO_SIZE } }
    }
  }),

  'GET /_emulator/world': (dialect) => ({
    id: 'exportWorld',
    summary: 'Exports the world',
    description: 'The present state as a world file: an emulator that is started with it is in the same state.',
    answers: { 200: { description: 'The world.', body: { ...World, title: 'World' } }, ...controlRefusals(dialect) }
  }),

  'GET /_emulator/world/differences': (dialect) => ({
    id: 'listDifferences',
    summary: 'Lists what is otherwise than at the start',
    description: 'The start is the world of the start, or of the last `PUT /_emulator/world`: what a reset goes back to. It takes as long as there are changes, and not as there are users, unless something was merged.',
    query: {
      kind: literals(DIFFERENCE_KINDS, 'Only these.'),
      user: string('Only what is about this user: a XUID or a gamertag, of now or of the start.'),
      limit: limitParameter,
      after: string('`next` of the page before.'),
      slow: boolean('True: to compare may take seconds, in which nothing else is answered. Into a world of more than 5000 users something was merged: it is refused without.')
    },
    answers: { 200: { description: 'A page of them.', body: DifferenceListSchema }, ...controlRefusals(dialect) }
  }),

  'PUT /_emulator/world': (dialect) => ({
    id: 'replaceWorld',
    summary: 'Replaces the world',
    description: 'All of it, or, when something is wrong with the new one, nothing. A reset goes back to it.',
    body: { ...World, title: 'WorldFile' },
    answers: { 200: { description: 'It is replaced.', body: ChangedWorld }, ...changeRefusals(dialect) },
    exchanges: {
      empty: {
        summary: 'One user and a session, no titles',
        body: { users: [{ xuid: GAMER, gamertag: 'gamer' }], sessions: [{ userHash: 'my', token: 'own', xuid: GAMER }] },
        status: 200,
        answer: { world: { titles: 0, achievements: 0, users: 1 } }
      }
    }
  }),

  'PATCH /_emulator/world': (dialect) => ({
    id: 'mergeWorld',
    summary: 'Merges into the world',
    description: 'Titles, achievements, users, progress and sessions that are there get the members that are given, others are added. All of it, or nothing.',
    body: Type.Object({
      titles: Type.Optional(Type.Array(Type.Object({}), { description: 'By titleId; their achievements by id.' })),
      users: Type.Optional(Type.Array(Type.Object({}), { description: 'By xuid; their titles by titleId, their achievements by serviceConfigId and id.' })),
      sessions: Type.Optional(Type.Array(Type.Object({}), { description: 'By userHash and token.' })),
      userKeys: Type.Optional(Type.Array(Type.String(), { description: 'All of them.' }))
    }, { title: 'WorldPart', description: 'A part of a world.' }),
    answers: { 200: { description: 'It is merged.', body: ChangedWorld }, ...changeRefusals(dialect) },
    exchanges: {
      privacy: { summary: 'The gamer hides', body: { users: [{ xuid: GAMER, privacy: 'blocked' }] }, status: 200, answer: { world: DEMO_SIZE } }
    }
  })
}
