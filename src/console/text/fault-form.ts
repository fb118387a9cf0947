import type { FaultSpec } from '../../control/faults/schema.ts'
import { readDelay, writeDelay } from './duration.ts'

/** A fault as a person fills it in: texts. The name of each field is the member of the fault, but for `user`, which takes a gamertag, too. */
export interface FaultForm {
  readonly status: string
  readonly effect: string
  readonly delay: string
  readonly retryAfter: string
  readonly location: string
  readonly headers: string
  readonly body: string
  readonly method: string
  readonly path: string
  readonly user: string
  readonly titleId: string
  readonly times: string
  /** In percent. */
  readonly probability: string
  readonly seed: string
  readonly enabled: boolean
}

/** What is wrong with a form, by field; `''` is the form as a whole. */
export type FormErrors = Readonly<Record<string, string>>

/** What is read of a form: a fault whose `xuid` is still what was typed, or what is wrong. */
export type ReadForm<Spec> = { readonly spec: Partial<Spec>, readonly user: string } | { readonly errors: FormErrors }

/** The fields of a fault, or of a part of one. */
export function writeFaultForm (fault: Partial<FaultSpec>): FaultForm {
  const { status, effect, delay = null, retryAfter = null, location, headers = null, body = null, method, path, xuid, titleId, times, probability = 1, seed, enabled = true } = fault
  return {
    status: writeMember(status),
    effect: writeMember(effect),
    delay: writeDelay(delay),
    retryAfter: retryAfter === false ? 'none' : writeMember(retryAfter),
    location: writeMember(location),
    headers: Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n'),
    body: body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body, null, 2),
    method: writeMember(method),
    path: writeMember(path),
    user: writeMember(xuid),
    titleId: writeMember(titleId),
    times: writeMember(times),
    probability: writePercent(probability),
    seed: writeMember(seed),
    enabled
  }
}

export const writeMember = (value: string | number | null | undefined): string => value === null || value === undefined ? '' : String(value)

/** A share in percent, as {@link readPercent} reads it; empty for always. */
export const writePercent = (share: number): string => share === 1 ? '' : String(Number((share * 100).toPrecision(12)))

/** Reads a form. Each member is there: what is empty is null, so that a change takes it away. */
export function readFaultForm (form: FaultForm): ReadForm<FaultSpec> {
  return readMembers(form, (check) => ({
    method: orNull(form.method),
    path: orNull(form.path),
    titleId: check('titleId', readCount(form.titleId), 'the number of a title, e.g. 3051199919 or 0xB5DD9DAF'),
    status: check('status', readCount(form.status), 'a number') as FaultSpec['status'],
    location: orNull(form.location),
    retryAfter: check<FaultSpec['retryAfter']>('retryAfter', /^none$/i.test(form.retryAfter.trim()) ? false : readCount(form.retryAfter), 'seconds, or none'),
    headers: check('headers', readHeaderLines(form.headers), 'a header in each line, e.g. X-Reason: test'),
    body: readFaultBody(form.body),
    effect: orNull(form.effect) as FaultSpec['effect'],
    delay: check('delay', readDelay(form.delay), 'a time such as 3 s or 500 ms, or two between which it is drawn, 200 ms - 2 s')
  }))
}

/** Gives back what was read of a field; where that is undefined, the form has the error that something else was expected. */
type CheckField = <T>(field: string, value: T | undefined, expected: string) => T

/** Reads a form of a fault of either kind: how often and how likely, and by `readOwn` what the kind alone has. */
export function readMembers<Own extends object> (form: Pick<FaultForm, 'times' | 'probability' | 'seed' | 'enabled' | 'user'>, readOwn: (check: CheckField) => Own): ReadForm<Own & Pick<FaultSpec, 'times' | 'probability' | 'seed' | 'enabled'>> {
  const errors: Record<string, string> = {}
  const check = <T>(field: string, value: T | undefined, expected: string): T => {
    if (value === undefined) errors[field] = `Expected ${expected}.`
    return value as T
  }
  const spec = {
    ...readOwn(check),
    times: check('times', readCount(form.times), 'how often, e.g. 3; nothing: every time'),
    probability: check('probability', readPercent(form.probability), 'a share in percent, e.g. 5'),
    seed: check('seed', readCount(form.seed), 'a number, or nothing'),
    enabled: form.enabled
  }
  return Object.keys(errors).length > 0 ? { errors } : { spec, user: form.user.trim() }
}

/** A text without the spaces around it; null for none. */
export const orNull = (text: string): string | null => text.trim() || null

/** Reads a number without a sign, decimal or hexadecimal: null for nothing, undefined for what is none. */
export function readCount (text: string): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return /^(\d{1,15}|0x[\da-f]{1,8})$/i.test(trimmed) ? Number(trimmed) : undefined
}

/** Reads a share: `5`, `5 %`, `0.5%`; nothing is all. */
export function readPercent (text: string): number | undefined {
  const [, number] = /^\s*(\d{1,3}(?:[.,]\d{1,12})?)?\s*%?\s*$/.exec(text) ?? ['', 'x']
  if (number === undefined) return 1
  const share = Number(number.replace(',', '.')) / 100
  return share >= 0 && share <= 1 ? Number(share.toPrecision(12)) : undefined
}

/** Reads headers, one in each line: null for none, undefined when a line is none. */
export function readHeaderLines (text: string): Record<string, string> | null | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const headers = lines.map((line) => /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line))
  if (!headers.every((found) => found !== null)) return undefined
  return lines.length === 0 ? null : Object.fromEntries(headers.map(([, name, value]) => [name as string, value as string]))
}

/** An object or a list in JSON; every other text is sent as it is; null for nothing. */
export function readFaultBody (text: string): FaultSpec['body'] {
  if (text === '') return null
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The fields under which a refusal of the control API is shown. */
const FIELDS: ReadonlySet<string> = new Set(['status', 'effect', 'delay', 'retryAfter', 'location', 'headers', 'body', 'method', 'path', 'titleId', 'times', 'probability', 'seed', 'code', 'drop', 'on', 'resource'])

/** Which field a refusal of the control API is about; `''`: the form as a whole. */
export function fieldOfRefusal (message: string): string {
  const named = /^The body, at \/(\w+)/.exec(message)?.[1] ?? /^(\w+) (?:is|has|goes|and|of)\b/.exec(message)?.[1] ?? (/can happen to no request: .* has (path|method)/.exec(message)?.[1] ?? '')
  if (named === 'xuid') return 'user'
  return FIELDS.has(named) ? named : ''
}

/** The part of a fault that an address gives: `?new=<JSON>`. What is none is an empty one. */
export function readGivenFault<Spec> (text: string): Partial<Spec> {
  try {
    const given: unknown = JSON.parse(text)
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? given as Partial<Spec> : {}
  } catch {
    return {}
  }
}
