/** How much later than the limit a connection may be closed, in ms, because the machine may be busy. */
const SLACK = 2000

/** The kinds of clients. */
export const KINDS = ['idle', 'slow to send', 'reads nothing', 'slow to read'] as const
export type Kind = typeof KINDS[number]

/**
 * When the emulator has closed the connection of each kind of client, in ms after it came: docs/control.md, Limits
 * (`--request-timeout`).
 *
 * - A request arrives completely within the timeout, which is checked at least every second.
 * - An answer of which nothing is read is cut after the timeout, or twice as long where some was; what the
 *   system holds for a client counts as read.
 * - An answer that is not read whole is cut after ten times the timeout, looked for once in a timeout.
 */
export function limitsOf (requestTimeout: number): Readonly<Record<Kind, number>> {
  const arrival = requestTimeout + Math.min(requestTimeout, 1000) + SLACK
  return { idle: arrival, 'slow to send': arrival, 'reads nothing': 3 * requestTimeout + SLACK, 'slow to read': 12 * requestTimeout + SLACK }
}

/** How long the process may take to end after SIGTERM, with any clients connected, in ms. */
export const LONGEST_STOP = 10_000
