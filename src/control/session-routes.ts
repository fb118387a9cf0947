import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readXuid } from '../http/ids.ts'
import type { Operations } from '../operations/operations.ts'
import { requireInstant } from '../operations/progress-setting.ts'
import { createToken, createUserHash, type SessionInput } from '../operations/sessions.ts'
import { SessionBody } from './body-schemas.ts'

/** Sessions: tokens with their claims. */
export function sessionRoutes (app: FastifyInstance, { run }: Operations): void {
  app.post<{ Body: Static<typeof SessionBody> }>('/_emulator/sessions', { schema: { body: SessionBody } }, ({ body }, reply) => {
    reply.code(201)
    return run('session.create', toSessionInput(body))
  })

  app.delete<{ Params: { userHash: string, token: string } }>('/_emulator/sessions/:userHash/:token', ({ params }, reply) => {
    run('session.delete', params)
    reply.code(204).send()
  })
}

/**
 * A body as a session; a user hash or token that it leaves open is drawn at random.
 *
 * @throws 400 for a XUID or an instant that does not exist.
 */
export function toSessionInput ({ userHash, token, ...claims }: Static<typeof SessionBody>): SessionInput {
  return {
    userHash: userHash ?? createUserHash(),
    token: token ?? createToken(),
    ...claims,
    xuid: claims.xuid && readXuid(claims.xuid),
    expires: claims.expires === null ? null : requireInstant(claims.expires)
  }
}
