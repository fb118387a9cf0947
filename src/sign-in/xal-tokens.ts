import { randomUUID } from 'node:crypto'
import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../http/services.ts'
import { readProofKey } from '../model/proof-key.ts'
import { invalidRequest, signInRefused } from '../model/refusals.ts'
import type { UserDetails } from '../model/user-details.ts'
import type { Profile } from '../model/user.ts'
import { XErr } from '../model/xerr.ts'
import { createToken } from '../operations/sessions.ts'
import { SECRET_BODY } from './requests.ts'
import { formatDeviceToken, formatTitleToken, formatUserToken, formatXstsToken, type ClaimedUser } from './xal-answers.ts'
import { deviceIdOf, DeviceTokenBody, isForXboxLive, readTitleIdMember, TitleTokenBody, UserTokenBody, XstsTokenBody } from './xal-requests.ts'

/** `POST /device/authenticate` of device.auth.xboxlive.com. */
export function deviceAuthRoutes (app: FastifyInstance, { operations: { run } }: Services): void {
  app.post<{ Body: Static<typeof DeviceTokenBody> }>('/device/authenticate', { ...SECRET_BODY, schema: { body: DeviceTokenBody } }, ({ body, now }) => {
    const { Id: id = randomUUID(), ProofKey: proofKey } = body.Properties
    const deviceId = deviceIdOf(id)
    const issued = run('deviceToken.issue', { deviceId, proofKey: readProofKey(proofKey), token: createToken(), now })
    return formatDeviceToken(issued, deviceId, now)
  })
}

/** `POST /title/authenticate` of title.auth.xboxlive.com. */
export function titleAuthRoutes (app: FastifyInstance, { config: { dialect }, operations: { run } }: Services): void {
  app.post<{ Body: Static<typeof TitleTokenBody> }>('/title/authenticate', { ...SECRET_BODY, schema: { body: TitleTokenBody } }, ({ body, now }) => {
    const { DeviceToken: deviceToken, RpsTicket: ticket = null, TitleId: given } = body.Properties
    const titleId = readTitleIdMember(given)
    if (titleId === undefined) throw invalidRequest(`The body, at /Properties/TitleId: found "${given}", expected a decimal title id.`)
    if (titleId === null && ticket === null) throw invalidRequest('The body, at /Properties: found neither RpsTicket nor TitleId, expected one of them.')
    return formatTitleToken(run('titleToken.issue', { deviceToken, ticket, titleId, dialect, token: createToken(), now }), now)
  })
}

/** `POST /user/authenticate` of user.auth.xboxlive.com. */
export function userAuthRoutes (app: FastifyInstance, { operations: { run } }: Services): void {
  app.post<{ Body: Static<typeof UserTokenBody> }>('/user/authenticate', { ...SECRET_BODY, schema: { body: UserTokenBody } }, ({ body, now }) => {
    const { user, ...issued } = run('userToken.issue', { ticket: body.Properties.RpsTicket, token: createToken(), now })
    return formatUserToken(issued, user, now)
  })
}

/** `POST /xsts/authorize` of xsts.auth.xboxlive.com. */
export function xstsAuthRoutes (app: FastifyInstance, { config: { dialect }, store, operations: { run } }: Services): void {
  app.post<{ Body: Static<typeof XstsTokenBody> }>('/xsts/authorize', { ...SECRET_BODY, schema: { body: XstsTokenBody } }, ({ body: { RelyingParty: party, Properties: properties }, now }) => {
    const { UserTokens: userTokens, DeviceToken: deviceToken, TitleToken: titleToken, ServiceToken: serviceToken, SandboxId: sandbox, ProofKey: proofKey } = properties
    if (serviceToken !== null && userTokens.length === 0) throw signInRefused(XErr.invalidServiceToken, 'A service token is none that was issued here.')
    const forXboxLive = isForXboxLive(party)
    const { users, ...issued } = run('xstsToken.issue', {
      userTokens, deviceToken, titleToken, sandbox, isForXboxLive: forXboxLive, dialect, proofKey: readProofKey(proofKey), token: createToken(), now
    })
    return formatXstsToken(issued, users.map((user) => claimUser(store, user, { forXboxLive, optional: properties.OptionalDisplayClaims })), now)
  })
}

/** A user with what the answer says of it. */
export function claimUser ({ people }: Services['store'], user: Profile, { forXboxLive, optional }: { forXboxLive: boolean, optional: readonly string[] }): ClaimedUser {
  return { user, optional, details: forXboxLive ? people.findDetails(user.xuid) as UserDetails : null }
}
