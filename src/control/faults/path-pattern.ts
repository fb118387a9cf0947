import type { RouteOptions } from 'fastify'
import { createStarMatcher } from '../../base/star-pattern.ts'

/** A route that faults can happen to. */
export interface FaultRoute {
  readonly methods: readonly string[]
  /** The path, in which ":" replaces each parameter and stands for any characters but slashes. */
  readonly path: string
  /** True when the requests of this route carry a token with claims. */
  readonly hasClaims: boolean
}

/** A parameter in the path of a Fastify route, with the regular expression that may follow it. */
const PARAMETER = /:\w+(?:\(.*?\$\))?(?=\/|$)/g

/** Describes a Fastify route: once, or once for each value of a parameter of which few are served. */
export function readRoutes ({ method, url, config }: Pick<RouteOptions, 'method' | 'url' | 'config'>, hasClaims: boolean): FaultRoute[] {
  const served = config?.served
  const urls = served === undefined ? [url] : served.values.map((value) => url.replace(`:${served.parameter}`, value))
  return urls.map((each) => readRoute({ method, url: each }, hasClaims))
}

/** Describes a Fastify route. */
function readRoute ({ method, url }: { method: string | string[], url: string }, hasClaims: boolean): FaultRoute {
  return { methods: [method].flat(), path: url.replace(PARAMETER, ':').replace(/\/$/, ''), hasClaims }
}

/** Tells whether a path matches a pattern: letter case and a slash at the end of the path are ignored. */
export function createPathMatcher (pattern: string): (path: string) => boolean {
  const matches = createStarMatcher(pattern.toLowerCase())
  return (path) => matches(path.toLowerCase()) || (path.endsWith('/') && matches(path.slice(0, -1).toLowerCase()))
}

/** Tells whether a pattern matches any path of a route. Letter case and a slash at the end are ignored. */
export const canMatchRoute = (pattern: string, { path }: FaultRoute): boolean =>
  haveCommonText(pattern.toLowerCase(), path.toLowerCase()) || haveCommonText(pattern.toLowerCase(), `${path.toLowerCase()}/`)

/**
 * Tells whether some text matches both a pattern with `*` (any characters) and a route with `:` (any
 * characters but slashes). Time grows with the product of the two lengths.
 */
function haveCommonText (pattern: string, route: string): boolean {
  // Entry n of a row: whether the characters of the pattern so far and the first n of the route match a common text.
  let row = [true, ...Array.from(route, () => false)]
  for (const character of pattern) {
    const next = [character === '*' && row[0] === true]
    for (let end = 1; end <= route.length; end++) {
      const other = route[end - 1]
      if (character === '*') next.push(row[end] === true || next[end - 1] === true)
      else if (other === ':') next.push((character !== '/' && row[end] === true) || next[end - 1] === true)
      else next.push(character === other && row[end - 1] === true)
    }
    row = next
  }
  return row.at(-1) === true
}
