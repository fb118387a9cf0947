import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readAchievementId, readServiceConfigId, readXuid } from '../http/ids.ts'
import type { Operations } from '../operations/operations.ts'
import { PrivacyBody, ProgressBody, UserBody } from './body-schemas.ts'

/** Users, their friends, their privacy and their progress. */
export function userRoutes (app: FastifyInstance, { run }: Operations): void {
  app.put<{ Params: { xuid: string }, Body: Static<typeof UserBody> }>('/_emulator/users/:xuid', { schema: { body: UserBody } }, ({ params, body }, reply) => {
    const { isNew } = run('user.put', { xuid: readXuid(params.xuid), ...body })
    reply.code(isNew ? 201 : 204).send()
  })

  app.delete<{ Params: { xuid: string } }>('/_emulator/users/:xuid', ({ params }, reply) => {
    run('user.delete', { xuid: readXuid(params.xuid) })
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string }, Body: Static<typeof PrivacyBody> }>('/_emulator/users/:xuid/privacy', { schema: { body: PrivacyBody } }, ({ params, body }, reply) => {
    run('privacy.set', { xuid: readXuid(params.xuid), ...body })
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string, friend: string } }>('/_emulator/users/:xuid/friends/:friend', ({ params }, reply) => {
    run('friend.add', { xuid: readXuid(params.xuid), friend: readXuid(params.friend) })
    reply.code(204).send()
  })

  app.delete<{ Params: { xuid: string, friend: string } }>('/_emulator/users/:xuid/friends/:friend', ({ params }, reply) => {
    run('friend.remove', { xuid: readXuid(params.xuid), friend: readXuid(params.friend) })
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string, scid: string, id: string }, Body: Static<typeof ProgressBody> }>(
    '/_emulator/users/:xuid/achievements/:scid/:id', { schema: { body: ProgressBody } }, ({ params, body, now }) => run('progress.set', {
      xuid: readXuid(params.xuid), scid: readServiceConfigId(params.scid, 'documented'), id: readAchievementId(params.id), ...body, now
    }))
}
