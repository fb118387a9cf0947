import { invalidRequest } from '../../model/refusals.ts'
import { show } from '../../base/validation.ts'
import type { FaultSpec } from './fault-spec.ts'

/** A route that faults can happen to. */
export interface FaultRoute {
  readonly methods: readonly string[]
  /** With ":" in the place of a parameter, which is any characters but slashes. */
  readonly path: string
  /** True when its requests carry a token with claims. */
  readonly hasClaims: boolean
}

/** A parameter of a route, with the expression for its text. */
const PARAMETER = /:\w+(?:\(.*?\$\))?(?=\/|$)/g

/** A route as Fastify has it. */
export function faultRouteOf ({ method, url }: { method: string | string[], url: string }, hasClaims: boolean): FaultRoute {
  return { methods: [method].flat(), path: url.replace(PARAMETER, ':').replace(/\/$/, ''), hasClaims }
}

/**
 * Makes sure that there are requests that a fault can happen to: one that is set up for a path nobody serves
 * does nothing, and a test that waits for it finds that out late.
 *
 * @throws 400 when there are none.
 */
export function requireReachable ({ method, path, xuid, titleId }: Pick<FaultSpec, 'method' | 'path' | 'xuid' | 'titleId'>, routes: readonly FaultRoute[]): void {
  const reached = routes.filter((route) =>
    (method === null || route.methods.includes(method.toUpperCase())) &&
    (path === null || canMeet(path, route.path) || canMeet(path, `${route.path}/`)))
  if (reached.length === 0) {
    const what = [method === null ? [] : [`method ${show(method)}`], path === null ? [] : [`path ${show(path)}`]].flat().join(' and ')
    throw invalidRequest(`The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has ${what}.`)
  }
  if ((xuid !== null || titleId !== null) && !reached.some(({ hasClaims }) => hasClaims)) {
    throw invalidRequest('The fault can happen to no request: it has xuid or titleId, and requests of the sign-in and of the IGDB view have neither.')
  }
}

/** True when a pattern, in which `*` stands for any characters, stands for a path of a route, in any letter case. */
function canMeet (pattern: string, route: string): boolean {
  const [wanted, served] = [pattern.toLowerCase(), route.toLowerCase()]
  // Whether the beginning of the pattern that is read so far, and each beginning of the route, stand for one text.
  let row = [true, ...Array.from(served, () => false)]
  for (const character of wanted) {
    const next = [character === '*' && row[0] === true]
    for (let end = 1; end <= served.length; end++) {
      const other = served[end - 1]
      if (character === '*') next.push(row[end] === true || next[end - 1] === true)
      else if (other === ':') next.push((character !== '/' && row[end] === true) || next[end - 1] === true)
      else next.push(character === other && row[end - 1] === true)
    }
    row = next
  }
  return row.at(-1) === true
}
