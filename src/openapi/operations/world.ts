import { Type } from '@sinclair/typebox'
import type { FastifySchema } from 'fastify'
import { ChangedWorld, Health, MintedSession, Ready } from '../../control/answer-schemas.ts'
import { SessionBody } from '../../control/body-schemas.ts'
import type { Dialect } from '../../model/dialect.ts'
import { text } from '../../http/answer-schema.ts'
import { VERSION } from '../../base/version.ts'
import { World } from '../../world/schema.ts'
import { refuseChange, refuseControl, refuseOpen } from '../refusals.ts'
import { describeControl, describeOpen } from './control-operation.ts'
import { GAMER, refusal } from '../examples.ts'

/** What the OpenAPI document says of the routes for the emulator itself, its world and its sessions. */

const demoCount = { titles: 7, achievements: 71, users: 3 }

export const health = (dialect: Dialect): FastifySchema => describeOpen({
  operationId: 'health',
  summary: 'Tells what is served',
  answers: { 200: { description: 'The emulator answers.', body: Health }, ...refuseOpen(dialect) },
  exchanges: { demo: { summary: 'The demo world', status: 200, answer: { status: 'ok', version: VERSION, dialect, world: demoCount } } }
})

export const ready = (dialect: Dialect): FastifySchema => describeOpen({
  operationId: 'ready',
  summary: 'Tells that the emulator can be used',
  description: 'It listens once the world is there: an answer is all there is to wait for.',
  answers: { 200: { description: 'It can be used.', body: Ready }, ...refuseOpen(dialect) },
  exchanges: { demo: { summary: 'The demo world', status: 200, answer: { status: 'ready' } } }
})

export const showDocument = (dialect: Dialect): FastifySchema => describeOpen({
  operationId: 'document',
  summary: 'Describes this API in OpenAPI',
  description: 'This document, in the dialect of the emulator that serves it.',
  answers: { 200: { description: 'OpenAPI 3.1.', body: Type.Object({}) }, ...refuseOpen(dialect, 400, 403) }
})

export const showPage = (dialect: Dialect): FastifySchema => describeOpen({
  operationId: 'page',
  summary: 'Shows this API in a browser',
  description: 'Nothing on it is loaded from elsewhere.',
  answers: { 200: { description: 'A page.', body: Type.String(), type: 'text/html' }, ...refuseOpen(dialect, 400, 403) }
})

export const showPicture = (dialect: Dialect): FastifySchema => describeOpen({
  operationId: 'picture',
  summary: 'Draws an icon',
  description: 'That of an achievement without one, in the live dialect, which sends its address. All that is drawn is in the path.',
  params: {
    guid: Type.String({ format: 'uuid', description: 'Decides the colour.' }),
    file: text('What is written on it, and `.svg`.')
  },
  answers: { 200: { description: 'A picture.', body: Type.String(), type: 'image/svg+xml' }, ...refuseOpen(dialect, 400) },
  exchanges: {
    none: {
      summary: 'No picture',
      params: { guid: '00000000-0000-8000-a000-000000000000', file: 'AB.png' },
      status: 400,
      answer: refusal(dialect, 4000, 'The picture is "AB.png"; expected one to 32 characters of XML and .svg.')
    }
  }
})

export const reset = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'reset',
  summary: 'Goes back to the world of the start',
  description: 'Or to that of the last `PUT /_emulator/world`. The clock, the faults and the journal stay.',
  answers: { 200: { description: 'It is as it was.', body: ChangedWorld }, ...refuseChange(dialect) },
  exchanges: { demo: { summary: 'The demo world', status: 200, answer: { world: demoCount } } }
})

export const exportWorld = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'exportWorld',
  summary: 'Exports the world',
  description: 'The present state as a world file: an emulator that is started with it is in the same state.',
  answers: { 200: { description: 'The world.', body: { ...World, title: 'World' } }, ...refuseControl(dialect) }
})

export const replaceWorld = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'replaceWorld',
  summary: 'Replaces the world',
  description: 'All of it, or, when something is wrong with the new one, nothing. A reset goes back to it.',
  body: { ...World, title: 'WorldFile' },
  answers: { 200: { description: 'It is replaced.', body: ChangedWorld }, ...refuseChange(dialect) },
  exchanges: {
    empty: {
      summary: 'One user and a session, no titles',
      body: { users: [{ xuid: GAMER, gamertag: 'gamer' }], sessions: [{ userHash: 'my', token: 'own', xuid: GAMER }] },
      status: 200,
      answer: { world: { titles: 0, achievements: 0, users: 1 } }
    }
  }
})

export const mergeWorld = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'mergeWorld',
  summary: 'Merges into the world',
  description: 'Titles, achievements, users, progress and sessions that are there get the members that are given, others are added. All of it, or nothing.',
  body: Type.Object({
    titles: Type.Optional(Type.Array(Type.Object({}), { description: 'By titleId; their achievements by id.' })),
    users: Type.Optional(Type.Array(Type.Object({}), { description: 'By xuid; their titles by titleId, their achievements by serviceConfigId and id.' })),
    sessions: Type.Optional(Type.Array(Type.Object({}), { description: 'By userHash and token.' })),
    userKeys: Type.Optional(Type.Array(Type.String(), { description: 'All of them.' }))
  }, { title: 'WorldPart', description: 'A part of a world.' }),
  answers: { 200: { description: 'It is merged.', body: ChangedWorld }, ...refuseChange(dialect) },
  exchanges: {
    privacy: { summary: 'The gamer hides', body: { users: [{ xuid: GAMER, privacy: 'blocked' }] }, status: 200, answer: { world: demoCount } }
  }
})

export const createSession = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'createSession',
  summary: 'Makes a token',
  description: 'For the claims that are given, which have to be of the world.',
  body: SessionBody,
  answers: { 201: { description: 'It can be used.', body: MintedSession }, ...refuseChange(dialect) },
  exchanges: {
    gamer: {
      summary: 'The gamer, in a title',
      body: { userHash: 'my', token: 'own', xuid: GAMER, titleId: 1660944384, sandbox: 'RETAIL' },
      status: 201,
      answer: {
        authorization: 'XBL3.0 x=my;own', userHash: 'my', token: 'own', xuid: GAMER, titleId: 1660944384, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: null
      }
    }
  }
})

export const deleteSession = (dialect: Dialect): FastifySchema => describeControl({
  operationId: 'deleteSession',
  summary: 'Deletes a token',
  params: { userHash: text('The user hash of the token.'), token: text('The token.') },
  answers: { 204: { description: 'It is unknown from now on.' }, ...refuseChange(dialect, 404) },
  exchanges: { friend: { summary: 'The friend\'s', params: { userHash: 'demo', token: 'friend' }, status: 204 } }
})
