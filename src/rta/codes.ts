/** How a message of a client is answered: the codes of the table in docs/specification.md, "Real-Time Activity". [rta-clients] */
export const RTA_CODES = {
  success: 0,
  /** The resource, or the subscription that is to be ended, is not known. */
  unknown: 1,
  /** The connection has as many subscriptions as it may have. */
  limitReached: 2,
  /** There is no data, or the caller may not see it; clients report it as denied. */
  noData: 3,
  throttled: 1001,
  unavailable: 1002
} as const

/** The code of a refusal: one of {@link RTA_CODES}, or one that a test has asked for. */
export type RefusalCode = number
