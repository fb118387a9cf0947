import { Type } from '@sinclair/typebox'
import { VERSION } from '../../base/version.ts'
import { HealthSchema, Ready } from '../../control/answer-schemas.ts'
import { string } from '../../http/answer-schema.ts'
import type { Dialect } from '../../model/dialect.ts'
import { DEMO_SIZE, refusal } from '../examples.ts'
import type { Operation, OperationsByRoute } from '../operation.ts'
import { openRefusals } from '../refusals.ts'
import { COLOR_OPERATIONS } from './profile.ts'

/** The answers of a page, which is a file. */
const pageAnswers = (dialect: Dialect): Operation['answers'] => ({
  200: { description: 'A page.', body: Type.String(), type: 'text/html' },
  304: { description: 'The page is the one that `If-None-Match` names.' },
  ...openRefusals(dialect, 400, 403, 404)
})

/** The operations that need neither a token nor the control key. */
export const EMULATOR_OPERATIONS: OperationsByRoute = {
  ...COLOR_OPERATIONS,

  'GET /pictures/{guid}/{file}': (dialect) => ({
    id: 'picture',
    summary: 'Draws an icon',
    description: 'That of an achievement without one, in the live dialect, which sends its address. All that is drawn is in the path.',
    params: {
      guid: Type.String({ format: 'uuid', description: 'Decides the colour.' }),
      file: string('What is written on it, and `.svg`.')
    },
    answers: { 200: { description: 'A picture.', body: Type.String(), type: 'image/svg+xml' }, ...openRefusals(dialect, 400) },
    exchanges: {
      none: {
        summary: 'No picture',
        params: { guid: '00000000-0000-8000-a000-000000000000', file: 'AB.png' },
        status: 400,
        answer: refusal(dialect, 4000, 'The picture is "AB.png"; expected one to 32 characters of XML and .svg.')
      }
    }
  }),

  'GET /_emulator/health': (dialect) => ({
    id: 'health',
    summary: 'Tells what is served',
    answers: { 200: { description: 'The emulator answers.', body: HealthSchema }, ...openRefusals(dialect) },
    exchanges: { demo: { summary: 'The demo world', status: 200, answer: { status: 'ok', version: VERSION, dialect, world: DEMO_SIZE } } }
  }),

  'GET /_emulator/ready': (dialect) => ({
    id: 'ready',
    summary: 'Tells that the emulator can be used',
    description: 'It listens once the world is there: an answer is all there is to wait for.',
    answers: { 200: { description: 'It can be used.', body: Ready }, ...openRefusals(dialect) },
    exchanges: { demo: { summary: 'The demo world', status: 200, answer: { status: 'ready' } } }
  }),

  'GET /_emulator/openapi.json': (dialect) => ({
    id: 'document',
    summary: 'Describes this API in OpenAPI',
    description: 'This document, in the dialect of the emulator that serves it.',
    answers: { 200: { description: 'OpenAPI 3.1.', body: Type.Object({}) }, ...openRefusals(dialect, 400, 403) }
  }),

  'GET /_emulator/console': (dialect) => ({
    id: 'console',
    summary: 'Shows the world in a browser',
    description: 'The page that a browser gets at `/`, too, when a person opens that address. Nothing on it is loaded from elsewhere but the icons of the world.',
    answers: pageAnswers(dialect)
  }),

  'GET /_emulator/docs': (dialect) => ({
    id: 'page',
    summary: 'Shows this API in a browser',
    description: 'Nothing on it is loaded from elsewhere.',
    answers: pageAnswers(dialect)
  })
}
