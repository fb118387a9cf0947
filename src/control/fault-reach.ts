import { invalidRequest } from '../errors.ts'
import { show } from '../schema-errors.ts'
import type { FaultSpec } from './fault-spec.ts'

/** A route that faults can happen to. */
export interface FaultRoute {
  readonly methods: readonly string[]
  /** With `*` in the place of a parameter. */
  readonly pattern: string
  /** True when its requests carry a token with claims. */
  readonly hasClaims: boolean
}

/** A parameter of a route, with the expression for its text. */
const PARAMETER = /:\w+(?:\(.*?\$\))?(?=\/|$)/g

/** A route as Fastify has it. */
export function faultRouteOf ({ method, url }: { method: string | string[], url: string }, hasClaims: boolean): FaultRoute {
  return { methods: [method].flat(), pattern: url.replace(PARAMETER, '*').replace(/\/$/, ''), hasClaims }
}

/**
 * Makes sure that there are requests that a fault can happen to: one that is set up for a path nobody serves
 * does nothing, and a test that waits for it finds that out late.
 *
 * @throws 400 when there are none.
 */
export function requireReachable ({ method, path, xuid, titleId }: Pick<FaultSpec, 'method' | 'path' | 'xuid' | 'titleId'>, routes: readonly FaultRoute[]): void {
  const reached = routes.filter(({ methods, pattern }) =>
    (method === null || methods.includes(method.toUpperCase())) &&
    (path === null || overlap(path, pattern) || overlap(path, `${pattern}/`)))
  if (reached.length === 0) {
    const what = [method === null ? [] : [`method ${show(method)}`], path === null ? [] : [`path ${show(path)}`]].flat().join(' and ')
    throw invalidRequest(`The fault can happen to no request: no route of Xbox Live, of the sign-in or of the IGDB view that is served has ${what}.`)
  }
  if ((xuid !== null || titleId !== null) && !reached.some(({ hasClaims }) => hasClaims)) {
    throw invalidRequest('The fault can happen to no request: it has xuid or titleId, and requests of the sign-in and of the IGDB view have neither.')
  }
}

/** True when there is a text that both patterns stand for, in any letter case; `*` stands for any characters. */
function overlap (one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  // Of the beginnings of a, one after the other: whether it and each beginning of b can stand for one text.
  let row = startRow(b)
  for (const character of a) {
    const next = [character === '*' && row[0] === true]
    for (let end = 1; end <= b.length; end++) {
      const isStar = character === '*' || b[end - 1] === '*'
      next.push(isStar ? row[end] === true || next[end - 1] === true : character === b[end - 1] && row[end - 1] === true)
    }
    row = next
  }
  return row.at(-1) === true
}

/** Nothing, and what is nothing but stars. */
const startRow = (pattern: string): boolean[] => Array.from({ length: pattern.length + 1 }, (_none, end) => /^\**$/.test(pattern.slice(0, end)))
