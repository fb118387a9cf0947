import type { FastifyInstance } from 'fastify'
import { createSessionReader } from '../http/authorization.ts'
import { setHosts } from '../http/host-routes.ts'
import type { HostTraits, InjectFaults, Services } from '../http/services.ts'
import { noXboxProfile } from '../model/refusals.ts'
import { parseSecretJson } from './requests.ts'
import { ofProperties, ofWholeBody, verifySignatures, type FindKeyMembers } from './signature.ts'
import { refuseOfSisu, sisuRoutes } from './sisu.ts'
import { defaultEndPointRoutes, titleEndPointRoutes } from './title-management.ts'
import { deviceAuthRoutes, titleAuthRoutes, userAuthRoutes, xstsAuthRoutes } from './xal-tokens.ts'

interface XalHost {
  readonly host: string
  readonly addRoutes: (app: FastifyInstance, services: Services) => void
  readonly traits: HostTraits
  /** Where a body has the key of its sender; null where no client signs its requests. */
  readonly signer: FindKeyMembers | null
}

const XAL_HOSTS: readonly XalHost[] = [
  { host: 'device.auth.xboxlive.com', addRoutes: deviceAuthRoutes, traits: { refuse: noXboxProfile }, signer: ofProperties },
  { host: 'title.auth.xboxlive.com', addRoutes: titleAuthRoutes, traits: { refuse: noXboxProfile }, signer: ofProperties },
  { host: 'user.auth.xboxlive.com', addRoutes: userAuthRoutes, traits: { refuse: noXboxProfile }, signer: null },
  { host: 'xsts.auth.xboxlive.com', addRoutes: xstsAuthRoutes, traits: { refuse: noXboxProfile }, signer: ofProperties },
  { host: 'sisu.xboxlive.com', addRoutes: sisuRoutes, traits: { refuse: refuseOfSisu }, signer: ofWholeBody },
  { host: 'title.mgt.xboxlive.com', addRoutes: defaultEndPointRoutes, traits: {}, signer: null },
  { host: 'title.mgt.xboxlive.com', addRoutes: titleEndPointRoutes, traits: { hasClaims: true }, signer: ofWholeBody }
]

/** The hosts that issue the tokens of Xbox Live, which clients of XAL ask. They take a body for what it contains. */
export function xalRoutes (app: FastifyInstance, services: Services, injectFaults: InjectFaults): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: { sentBody?: Buffer }, body: Buffer) => {
    if (services.config.verifySignatures) request.sentBody = body
    return parseSecretJson(body.toString())
  })
  const authorize = createSessionReader(services)
  for (const { host, addRoutes, traits, signer } of XAL_HOSTS) {
    app.register(async (scope) => {
      setHosts(scope, [host])
      if (traits.hasClaims) {
        scope.addHook('onRequest', (request, _reply, done) => {
          request.session = authorize(request)
          done()
        })
      }
      injectFaults(scope, traits)
      if (signer !== null) verifySignatures(scope, services, signer)
      addRoutes(scope, services)
    })
  }
}
