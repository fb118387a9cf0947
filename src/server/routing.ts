import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import FindMyWay, { type Config as RouterConfig, type ConstraintStrategy, type HTTPVersion, type Instance } from 'find-my-way'
import type { Config } from '../config/config.ts'
import { findXboxHost, groupOfHost } from '../http/hosts.ts'
import { redactPath } from '../http/redact.ts'
import { methodNotAllowed, notFound, type XblError } from '../model/refusals.ts'

/** In the place of the host that is asked: a name that is not of Xbox Live, under which every path is known. */
const ANY_NAME = '*'

/**
 * Matches `constraints.xboxHosts` of a route, which `setHosts` of http/host-routes.ts sets, with the host that a request
 * names. Under every other name the first of several routes with the same path is found.
 */
const XBOX_HOSTS_STRATEGY = {
  name: 'xboxHosts',
  // The router keeps in it, for each host, a mask of the routes that have it.
  storage () {
    const masks = new Map<string, number>()
    return {
      get: (asked: string) => masks.get(asked),
      set (hosts: readonly string[], mask: number) {
        for (const host of hosts) masks.set(host, (masks.get(host) ?? 0) | mask)
        if (!masks.has(ANY_NAME)) masks.set(ANY_NAME, mask)
      }
    }
  },
  validate () {},
  deriveConstraint: ({ headers: { host } }: { headers: { host?: string } }): string => findXboxHost(host) ?? ANY_NAME
  // The types know of neither lists nor masks.
} as unknown as ConstraintStrategy<HTTPVersion.V1>

/** How paths are matched. */
const PATHS = {
  // ASP.NET, which the live service runs on, ignores the letter case of paths.
  caseSensitive: false,
  ignoreTrailingSlash: true,
  // Longer than any path that fits into the headers, so that each route checks its parameters itself.
  maxParamLength: 65_536,
  // Those of our own paths alone, none of which repeats what is repeated: to look at them takes a part of every start.
  allowUnsafeRegex: true
} as const satisfies RouterConfig<HTTPVersion.V1>

/** How requests are matched: by path, method and host. */
export const ROUTER = { ...PATHS, constraints: { [XBOX_HOSTS_STRATEGY.name]: XBOX_HOSTS_STRATEGY } } as const satisfies RouterConfig<HTTPVersion.V1>

/** A path of a router, with what is known of it. */
interface KnownPath {
  readonly methods: Set<string>
  readonly hosts: readonly string[] | undefined
}

/**
 * Distinguishes a known path that is requested with another method (405, with `Allow`) from an unknown path (404), under
 * the name that is asked.
 *
 * @param app an application without routes: those that are added to it later are recorded.
 * @returns makes the refusal of a request that matches no route.
 */
export function createUnknownRefusals (app: FastifyInstance, config: Pick<Config, 'control' | 'signIn' | 'neighbours' | 'rta'>): (request: FastifyRequest) => XblError {
  const routes: RouteOptions[] = []
  // Later hooks change it: it is read when it is needed.
  app.addHook('onRoute', (route) => { routes.push(route) })
  const routers = new Map<string | undefined, Instance<HTTPVersion.V1>>()
  const findPath = (asked: string | undefined, url: string): KnownPath | undefined => {
    const router = routers.get(asked) ?? createPathRouter(routes.filter((route) => isKnownUnder(asked, route)))
    routers.set(asked, router)
    return router.find('GET', url)?.store
  }
  return ({ headers: { host }, url, method }) => {
    const asked = findXboxHost(host)
    const known = findPath(asked, url)
    if (known !== undefined) return methodNotAllowed(method, [...known.methods].join(', '))
    if (asked === undefined) return notFound(`${redactPath(url)} ${config.control && !config.rta && REAL_TIME_CONTROL.test(url) ? 'is not answered: --no-rta leaves out real-time activity' : 'is not a path of this service'}.`)
    return notFound(`${redactPath(url)} ${describeUnknown(asked, { config, hosts: findPath(undefined, url)?.hosts ?? [] })}.`)
  }
}

const isKnownUnder = (asked: string | undefined, { config }: RouteOptions): boolean => asked === undefined || config?.hosts === undefined || config.hosts.includes(asked)

/** What a test does to real-time activity. */
const REAL_TIME_CONTROL = /^\/_emulator\/rta(?![^/?])/i

/** Why a path is not known under the name of a host of Xbox Live. @param hosts those whose path it is. */
function describeUnknown (asked: string, { config, hosts }: { config: Pick<Config, 'signIn' | 'neighbours' | 'rta'>, hosts: readonly string[] }): string {
  const group = groupOfHost(asked)
  if (group === 'signIn' && !config.signIn) return `is not answered: --no-sign-in leaves out ${asked}`
  if (group === 'neighbours' && !config.neighbours) return `is not answered: --no-neighbours leaves out ${asked}`
  if (group === 'rta' && !config.rta) return `is not answered: --no-rta leaves out ${asked}`
  return hosts.length === 0 ? `is not a path of ${asked}` : `is a path of ${hosts.join(' and ')}, and not of ${asked}`
}

/** A router that finds what is known of a path. It holds every path under GET. */
function createPathRouter (routes: readonly RouteOptions[]): Instance<HTTPVersion.V1> {
  const router = FindMyWay(PATHS)
  for (const [url, those] of Map.groupBy(routes, ({ url }) => url)) {
    const known: KnownPath = { methods: new Set(those.flatMap(({ method }) => method)), hosts: those[0]?.config?.hosts }
    router.on('GET', url, () => {}, known)
  }
  return router
}
