import { Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readUnsigned32 } from '../base/integers.ts'
import { formatValue } from '../base/validation.ts'
import { count, object, string } from '../http/answer-schema.ts'
import type { Services } from '../http/services.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import { canBeClaimed } from '../operations/title-claim.ts'

const EndPoint = object({
  Protocol: string('http or https.'),
  Host: string('A name; of a wildcard, with * in the place of the first labels.'),
  HostType: string('fqdn or wildcard.'),
  RelyingParty: Type.Optional(string('For whom a token for the host has to be.')),
  TokenType: Type.Optional(string('JWT.')),
  SignaturePolicyIndex: Type.Optional(count('Which of SignaturePolicies holds.'))
}, { title: 'EndPoint' })

export const EndPoints = object({
  EndPoints: Type.Array(EndPoint),
  SignaturePolicies: Type.Array(object({
    Version: count('Of the signature.'),
    SupportedAlgorithms: Type.Array(Type.String()),
    MaxBodyBytes: count('How much of a body is signed.')
  })),
  Certs: Type.Array(Type.String(), { description: 'None.' }),
  RootCerts: Type.Array(Type.String(), { description: 'None.' })
}, { title: 'EndPoints', description: 'Which token and signature each host wants.' })

/** As recorded: the wildcard is that of achievements.xboxlive.com, too. [clients] */
export const END_POINTS = {
  EndPoints: [
    { Protocol: 'https', Host: '*.xboxlive.com', HostType: 'wildcard', RelyingParty: 'http://xboxlive.com', TokenType: 'JWT', SignaturePolicyIndex: 0 },
    { Protocol: 'https', Host: 'sisu.xboxlive.com', HostType: 'fqdn', RelyingParty: 'http://sisu.xboxlive.com/', TokenType: 'JWT', SignaturePolicyIndex: 0 },
    { Protocol: 'http', Host: '*.xboxlive.com', HostType: 'wildcard' }
  ],
  SignaturePolicies: [8192, 4294967295].map((MaxBodyBytes) => ({ Version: 1, SupportedAlgorithms: ['ES256'], MaxBodyBytes })),
  Certs: [],
  RootCerts: []
}

/** `GET /titles/default/endpoints` of title.mgt.xboxlive.com, which needs no token. */
export function defaultEndPointRoutes (app: FastifyInstance): void {
  app.get('/titles/default/endpoints', () => END_POINTS)
}

/** `GET /titles/current/endpoints` and `GET /titles/{titleId}/endpoints`, with a token. */
export function titleEndPointRoutes (app: FastifyInstance, { store }: Services): void {
  app.get('/titles/current/endpoints', () => END_POINTS)
  app.get<{ Params: { titleId: string } }>('/titles/:titleId/endpoints', ({ params }) => {
    const titleId = readUnsigned32(params.titleId)
    if (titleId === undefined) throw invalidRequest(`The title id is ${formatValue(params.titleId)}; expected an unsigned 32-bit integer in decimal.`)
    if (!canBeClaimed(store, titleId)) throw notFound(`There is no title ${titleId}.`)
    return END_POINTS
  })
}
