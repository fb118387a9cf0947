import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { SessionBody } from './body-schemas.ts'
import type { Control } from '../operations/operations.ts'

/** Tokens. */
export function sessionRoutes (app: FastifyInstance, control: Control): void {
  app.post<{ Body: Static<typeof SessionBody> }>('/_emulator/sessions', { schema: { body: SessionBody } }, (request, reply) => {
    reply.code(201)
    return control.createSession(request.body)
  })

  app.delete<{ Params: { userHash: string, token: string } }>('/_emulator/sessions/:userHash/:token', (request, reply) => {
    control.deleteSession(request.params.userHash, request.params.token)
    reply.code(204).send()
  })
}
