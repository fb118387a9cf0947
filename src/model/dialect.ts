/** The two ways in which the service is known to answer: as documented, and as the live service does. */
export const DIALECTS = ['documented', 'live'] as const
export type Dialect = typeof DIALECTS[number]
