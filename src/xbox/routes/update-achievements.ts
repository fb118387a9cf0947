import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readHeader } from '../../http/headers.ts'
import { readServiceConfigId } from '../../http/ids.ts'
import { readPathUser, userPath } from '../../http/path-user.ts'
import type { Services } from '../../http/services.ts'
import { readContractVersion, requireUpdateVersion } from '../request/contract-version.ts'
import { readUpdate } from '../request/update-body.ts'

interface UpdateRoute { Params: { user: string, scid: string } }

/** `POST /users/xuid({xuid})/achievements/{scid}/update`: what a title reports of its user. */
export function updateAchievements (app: FastifyInstance, { config: { dialect }, operations }: Services): void {
  // Checked before the body is read, so that these refusals go before those of the body.
  const onRequest = async (request: FastifyRequest<UpdateRoute>): Promise<void> => {
    requireUpdateVersion(readContractVersion(readHeader(request, 'x-xbl-contract-version'), dialect))
    readPathUser(request)
    readServiceConfigId(request.params.scid, dialect)
  }

  app.post<UpdateRoute>(`${userPath(dialect)}/achievements/:scid/update`, { onRequest }, (request, reply) => {
    const xuid = readPathUser(request)
    const scid = readServiceConfigId(request.params.scid, dialect)
    const update = readUpdate(request.body, { xuid, scid, dialect })

    const { changed } = operations.run('progress.report', { claims: request.session, xuid, scid, ...update, now: request.now })
    reply.code(changed.length > 0 ? 200 : 304).send()
  })
}
