import type { FastifyInstance, FastifyRequest } from 'fastify'
import FindMyWay, { type Config, type HTTPVersion, type Instance } from 'find-my-way'
import { redactPath } from '../http/redact.ts'
import { methodNotAllowed, notFound, type XblError } from '../model/refusals.ts'

/** How paths are matched. */
export const ROUTER = {
  // ASP.NET, which the live service runs on, ignores the letter case of paths.
  caseSensitive: false,
  ignoreTrailingSlash: true,
  // Longer than any path that fits into the headers, so that each route checks its parameters itself.
  maxParamLength: 65_536
} as const satisfies Config<HTTPVersion.V1>

/**
 * Distinguishes a known path that is requested with another method (405, with `Allow`) from an unknown path (404).
 *
 * @param app an application without routes: those that are added to it later are recorded.
 * @returns makes the refusal of a request that matches no route.
 */
export function createUnknownRefusals (app: FastifyInstance): (request: FastifyRequest) => XblError {
  const methods = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, new Set([...methods.get(url) ?? [], ...[method].flat()]))
  })
  let router: Instance<HTTPVersion.V1> | undefined
  return (request) => {
    router ??= createPathRouter(methods)
    const allowed = router.find('GET', request.url)?.store as ReadonlySet<string> | undefined
    return allowed === undefined ? notFound(`${redactPath(request.url)} is not a path of this service.`) : methodNotAllowed(request.method, [...allowed].join(', '))
  }
}

/** A router that finds the methods of a path. It holds every path under GET. */
function createPathRouter (methods: ReadonlyMap<string, ReadonlySet<string>>): Instance<HTTPVersion.V1> {
  const router = FindMyWay(ROUTER)
  for (const [url, allowed] of methods) router.on('GET', url, () => {}, allowed)
  return router
}
