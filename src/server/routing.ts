import type { FastifyInstance, FastifyRequest } from 'fastify'
import FindMyWay, { type Config, type HTTPVersion, type Instance } from 'find-my-way'
import { methodNotAllowed, notFound, type XblError } from '../model/refusals.ts'
import { pathOf } from '../http/target.ts'
import { redactPath } from '../http/redact.ts'

/** How paths are matched. */
export const ROUTER = {
  // ASP.NET, which the live service runs on, matches path words in any letter case.
  caseSensitive: false,
  ignoreTrailingSlash: true,
  // Longer than any path that fits the headers: a path segment of any length reaches its own check.
  maxParamLength: 65_536
} as const satisfies Config<HTTPVersion.V1>

/**
 * Tells a path that has other methods (405, with `Allow`) from one that nobody knows (404).
 *
 * @param app an application that has no routes yet; those that it gets are noted.
 * @returns makes the refusal of a request that no route has matched.
 */
export function refuseUnknown (app: FastifyInstance): (request: FastifyRequest) => XblError {
  const methods = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, new Set([...methods.get(url) ?? [], ...[method].flat()]))
  })
  let router: Instance<HTTPVersion.V1> | undefined
  return (request) => {
    router ??= routerOf(methods)
    const path = pathOf(request)
    const known = router.find('GET', path)?.store as ReadonlySet<string> | undefined
    return known === undefined ? notFound(`${redactPath(path)} is not a path of this service.`) : methodNotAllowed(request.method, [...known].join(', '))
  }
}

/** A router of paths alone. */
function routerOf (methods: ReadonlyMap<string, ReadonlySet<string>>): Instance<HTTPVersion.V1> {
  const router = FindMyWay(ROUTER)
  for (const [url, known] of methods) router.on('GET', url, () => {}, known)
  return router
}
