import type { Fault } from '../../control/faults/faults.ts'
import type { FaultSpec } from '../../control/faults/schema.ts'
import type { RealTimeFault, RealTimeFaultSpec } from '../../http/real-time-fault.ts'
import { writeDelay } from './duration.ts'

/** Gives the gamertag of a XUID, or the XUID where nobody knows it. */
export type NameUser = (xuid: string) => string

/** A fault in words: "503 for the next 3 updates of gamer". @param fault how often it has happened counts. */
export function describeFault (fault: Partial<FaultSpec> & { readonly happened?: number }, nameUser: NameUser = String): string {
  const { xuid = null, titleId = null } = fault
  const who = [xuid === null ? [] : [`of ${nameUser(xuid)}`], titleId === null ? [] : [`of title ${titleId}`]].flat()
  return [describeHappening(fault), describeOccasions(fault, nounOf(fault)), ...who].join(' ')
}

/** What happens: "429, again after 30 s", "3 s late", "answer lost". */
export function describeHappening ({ status = null, effect = null, delay = null, retryAfter = null, location = null, body = null, headers = null }: Partial<FaultSpec>): string {
  const wait = delay === null ? '' : writeDelay(delay)
  const answer = [
    ...status === null ? [] : [String(status)],
    ...retryAfter === null ? [] : [retryAfter === false ? 'without Retry-After' : `with Retry-After ${retryAfter}`],
    ...location === null ? [] : [`to ${location}`],
    ...body === null && headers === null ? [] : ['with an answer of its own'],
    ...effect === null ? [] : [status === null ? EFFECT_WORDS[effect] : 'cut in half']
  ].join(' ')
  if (answer === '') return wait === '' ? 'Nothing' : `${wait} late`
  return wait === '' ? answer : `${answer} after ${wait}`
}

/** What a client sees of each effect. */
export const EFFECT_WORDS: Readonly<Record<NonNullable<FaultSpec['effect']>, string>> = {
  reset: 'Connection reset', truncate: 'Body cut in half', drop: 'Carried out, answer lost', hang: 'Never answered'
}

interface Chances { readonly times?: number | null | undefined, readonly probability?: number | undefined, readonly happened?: number | undefined }

/** How often: "for the next 3 updates", "for every request", "for 5 % of lists". */
function describeOccasions ({ times = null, probability = 1, happened = 0 }: Chances, { one, many }: Noun): string {
  const left = times === null ? null : Math.max(0, times - happened)
  if (probability < 1) return `for ${showPercent(probability)} of ${many}${left === null ? '' : `, ${left} more at most`}`
  if (left === null) return `for every ${one}`
  if (left === 0) return `for no more ${many}`
  return left === 1 ? `for the next ${one}` : `for the next ${left} ${many}`
}

/** A share: `5 %`. */
export const showPercent = (share: number): string => `${Number((share * 100).toPrecision(6))} %`

interface Noun { readonly one: string, readonly many: string }

const noun = (one: string, many = `${one}s`): Noun => ({ one, many })

/** What requests are called by their path; a method that they have in any case is not said. */
const NOUNS: ReadonlyArray<readonly [path: RegExp, method: string | null, Noun]> = [
  [/\/update\/?$/, 'POST', noun('update')],
  [/\/achievements\/\*\/?\*?$/, 'GET', noun('single achievement')],
  [/\/achievements\/?$/, 'GET', noun('list of achievements', 'lists of achievements')],
  [/\/history\/titles\/?$/, 'GET', noun('title history', 'title histories')],
  [/^\/connect\/?$/, 'GET', noun('WebSocket connection')]
]

/** A path that has the XUID of the user who is meant in any case does not say it again. */
function nounOf ({ method = null, path = null, xuid = null }: Partial<FaultSpec>): Noun {
  const verb = method === null ? '' : `${method.toUpperCase()} `
  if (path === null) return noun(`${verb}request`)
  const known = NOUNS.find(([pattern, usual]) => pattern.test(path) && (method === null || method.toUpperCase() === usual))
  const [, owner] = /^\/users\/xuid\((\d+)\)/.exec(path) ?? []
  if (known !== undefined) return owner === undefined || owner === xuid ? known[2] : noun(`${known[2].one} of XUID ${owner}`, `${known[2].many} of XUID ${owner}`)
  return noun(`${verb}request to ${path}`, `${verb}requests to ${path}`)
}

/** A fault of real-time activity in words: "Refused as throttled, for the next 2 subscriptions of gamer". */
export function describeRealTimeFault (fault: Partial<RealTimeFaultSpec> & { readonly happened?: number }, nameUser: NameUser = String): string {
  const { on = 'subscribe', code = null, drop = false, delay = null, xuid = null, resource = null } = fault
  const what = on === 'subscribe' ? `Refused${code === null ? '' : ` with ${code}, ${REFUSAL_WORDS[code]},`}` : drop ? 'Lost' : delay === null ? 'Nothing' : `${writeDelay(delay)} late`
  const occasions = describeOccasions(fault, noun(on === 'subscribe' ? 'subscription' : 'event'))
  return [what, occasions, ...xuid === null ? [] : [`of ${nameUser(xuid)}`], ...resource === null ? [] : [`to ${resource}`]].join(' ')
}

/** What the codes mean with which a subscription is refused. */
export const REFUSAL_WORDS: Readonly<Record<NonNullable<RealTimeFaultSpec['code']>, string>> = {
  1: 'unknown resource', 2: 'limit reached', 3: 'access denied', 1001: 'throttled', 1002: 'unavailable'
}

/** Whether a fault can happen still: it is on, and has not happened as often as it should. */
export const isOn = ({ enabled, times, happened }: Pick<Fault | RealTimeFault, 'enabled' | 'times' | 'happened'>): boolean => enabled && (times === null || happened < times)

/** How often it has happened, and may still: "happened 1 of 3 times", "happened 7 times". */
export function describeCounter ({ times, happened }: Pick<Fault | RealTimeFault, 'times' | 'happened'>): string {
  if (times !== null) return `happened ${happened} of ${times} ${times === 1 ? 'time' : 'times'}`
  return happened === 0 ? 'has not happened yet' : `happened ${happened === 1 ? 'once' : `${happened} times`}`
}
