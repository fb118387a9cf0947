import { numberText, parseExactJson } from '../base/exact-json.ts'
import { findExceededLimit } from '../base/json-limits.ts'

/** What a client says: each frame is a JSON array, and its first element says which. [xsapi] */
export type ClientMessage =
  /** `[1,seq,"resource"]`. @param seq as it was sent. @param resource null when it is no text. */
  | { readonly kind: 'subscribe', readonly seq: string, readonly resource: string | null }
  /** `[2,seq,subId]`. @param subId null when it is no number that a subscription can have. */
  | { readonly kind: 'unsubscribe', readonly seq: string, readonly subId: number | null }
  /** Of a type that is not known, and not answered: clients do the same with what they do not know. */
  | { readonly kind: 'unknown' }
  /** @param reason what it is and what was expected, short enough for a close frame. */
  | { readonly kind: 'malformed', readonly reason: string }

/** The types of messages, from and to the client. */
const SUBSCRIBE = 1
const UNSUBSCRIBE = 2
const EVENT = 3

/** You may have missed something: fetch again. */
export const RESYNC = '[4]'

/** A sequence number. Whoever counts far: 64 bits have twenty digits. */
const WHOLE_NUMBER = /^-?\d{1,20}$/

/** Reads a text frame of a client. What it says after the three elements means nothing. */
export function readFrame (text: string): ClientMessage {
  const exceeded = findExceededLimit(text)
  if (exceeded !== undefined) return malformed(`The frame is ${exceeded}`)
  let message: unknown
  try {
    message = parseExactJson(text)
  } catch {
    return malformed('The frame is no JSON; expected [1,seq,"resource"] or [2,seq,subId]')
  }
  if (!Array.isArray(message)) return malformed('The frame is no JSON array; expected [1,seq,"resource"] or [2,seq,subId]')
  const [type, seq, subject] = message as unknown[]
  if (!WHOLE_NUMBER.test(numberText(type) ?? '')) return malformed('The type of the message is no whole number; expected 1, to subscribe, or 2, to unsubscribe')
  if (type !== SUBSCRIBE && type !== UNSUBSCRIBE) return { kind: 'unknown' }
  const sent = numberText(seq) ?? ''
  if (!WHOLE_NUMBER.test(sent)) return malformed('The sequence number is no whole number of at most 20 digits')
  if (type === SUBSCRIBE) return { kind: 'subscribe', seq: sent, resource: typeof subject === 'string' ? subject : null }
  return { kind: 'unsubscribe', seq: sent, subId: typeof subject === 'number' ? subject : null }
}

const malformed = (reason: string): ClientMessage => ({ kind: 'malformed', reason })

/** Achievements have no data when a subscription begins: clients fetch what there is. [xsapi] */
export const subscribed = (seq: string, subId: number): string => `[${SUBSCRIBE},${seq},0,${subId},null]`

/** Five elements, as an answer without a refusal has: one client takes no other. [rta-clients] */
export const refused = (seq: string, code: number): string => `[${SUBSCRIBE},${seq},${code},0,null]`

export const unsubscribed = (seq: string, code: number): string => `[${UNSUBSCRIBE},${seq},${code}]`

/** @param data the JSON text of the event's data. */
export const eventOf = (subId: number, data: string): string => `[${EVENT},${subId},${data}]`
