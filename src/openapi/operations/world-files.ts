import { Type } from '@sinclair/typebox'
import { ChangedWorld } from '../../control/answer-schemas.ts'
import { GenerateBody, ImportBody, RestoreBody } from '../../control/import-bodies.ts'
import { ImportResultSchema } from '../../control/world-schemas.ts'
import { World } from '../../world/schema.ts'
import { DEMO_SIZE, GAMER } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { changeRefusals, controlRefusals } from '../refusals.ts'

const NOTHING_TOLD = { problems: [], warnings: [], ignored: [], changes: null }

/** The operations that bring files or users into the world, and put back what was there before. */
export const WORLD_FILE_OPERATIONS: OperationsByRoute = {
  'POST /_emulator/world/import': (dialect) => ({
    id: 'importFiles',
    summary: 'Brings files into the world',
    description: 'World files and parts of them, and Partner Center\'s documents, as `start --world` and `world import` read them. All of it, or nothing.',
    body: { ...ImportBody, title: 'ImportRequest' } as typeof ImportBody,
    answers: { 200: { description: 'It is done; or, of a dry run, what would be.', body: ImportResultSchema }, ...changeRefusals(dialect) },
    exchanges: {
      part: {
        summary: 'The gamer hides',
        body: { files: [{ name: 'part.json', text: `{"users":[{"xuid":"${GAMER}","privacy":"blocked"}]}` }] },
        status: 200,
        answer: { ...NOTHING_TOLD, world: DEMO_SIZE }
      },
      wrong: {
        summary: 'A dry run of what is no JSON',
        body: { files: [{ name: 'part.json', text: '' }], dryRun: true },
        status: 200,
        answer: { ...NOTHING_TOLD, problems: ['part.json: not JSON: Unexpected end of JSON input'], world: DEMO_SIZE }
      }
    }
  }),

  'POST /_emulator/world/generate': (dialect) => ({
    id: 'generateUsers',
    summary: 'Adds users, with what they have done',
    description: 'In the titles that there are, and with a token for each, always the same for one seed: user 17, counted from 0, is 2533274800000017 with XBL3.0 x=load;token-17.',
    body: { ...GenerateBody, title: 'GenerateRequest' } as typeof GenerateBody,
    answers: { 200: { description: 'They are there; or, of a dry run, what would change.', body: ImportResultSchema }, ...changeRefusals(dialect) },
    exchanges: { ten: { summary: 'Ten', body: { users: 10 }, status: 200, answer: { ...NOTHING_TOLD, world: { ...DEMO_SIZE, users: DEMO_SIZE.users + 10 } } } }
  }),

  'GET /_emulator/world/start': (dialect) => ({
    id: 'exportStart',
    summary: 'Exports the world that a reset goes back to',
    answers: { 200: { description: 'The world of the start, or of the last `PUT /_emulator/world`.', body: { ...World, title: 'World' } }, ...controlRefusals(dialect) }
  }),

  'POST /_emulator/world/restore': (dialect) => ({
    id: 'restoreWorld',
    summary: 'Puts a world back, and what a reset goes back to',
    description: 'What `GET /_emulator/world` and `GET /_emulator/world/start` have given, whatever was done since.',
    body: { ...RestoreBody, properties: { ...RestoreBody.properties, world: { ...World, title: 'WorldFile' }, start: Type.Union([{ ...World, title: 'WorldFile' }, Type.Null()], { default: null, description: 'What a reset shall go back to; null: the world itself.' }) }, title: 'RestoreRequest' } as unknown as typeof RestoreBody,
    answers: { 200: { description: 'It is there again.', body: ChangedWorld }, ...changeRefusals(dialect) },
    exchanges: { empty: { summary: 'A world without anything', body: { world: {} }, status: 200, answer: { world: { titles: 0, achievements: 0, users: 0 } } } }
  })
}
