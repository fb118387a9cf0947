import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { readAchievementId, readServiceConfigId, readXuid } from '../http/ids.ts'
import { PrivacyBody, ProgressBody, UserBody } from './body-schemas.ts'
import type { Control } from '../operations/operations.ts'

/** Users, whom they have added, what they show and what they have done. */
export function userRoutes (app: FastifyInstance, control: Control): void {
  app.put<{ Params: { xuid: string }, Body: Static<typeof UserBody> }>('/_emulator/users/:xuid', { schema: { body: UserBody } }, (request, reply) => {
    const isNew = control.putUser(readXuid(request.params.xuid), request.body)
    reply.code(isNew ? 201 : 204).send()
  })

  app.delete<{ Params: { xuid: string } }>('/_emulator/users/:xuid', (request, reply) => {
    control.deleteUser(readXuid(request.params.xuid))
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string }, Body: Static<typeof PrivacyBody> }>('/_emulator/users/:xuid/privacy', { schema: { body: PrivacyBody } }, (request, reply) => {
    control.setPrivacy(readXuid(request.params.xuid), request.body.privacy)
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string, friend: string } }>('/_emulator/users/:xuid/friends/:friend', (request, reply) => {
    control.addFriend(readXuid(request.params.xuid), readXuid(request.params.friend))
    reply.code(204).send()
  })

  app.delete<{ Params: { xuid: string, friend: string } }>('/_emulator/users/:xuid/friends/:friend', (request, reply) => {
    control.removeFriend(readXuid(request.params.xuid), readXuid(request.params.friend))
    reply.code(204).send()
  })

  app.put<{ Params: { xuid: string, scid: string, id: string }, Body: Static<typeof ProgressBody> }>(
    '/_emulator/users/:xuid/achievements/:scid/:id', { schema: { body: ProgressBody } }, (request) => {
      const { xuid, scid, id } = request.params
      const achievement = { xuid: readXuid(xuid), scid: readServiceConfigId(scid, 'documented'), id: readAchievementId(id) }
      return control.setProgress(achievement, request.body)
    })
}
