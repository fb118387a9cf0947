/** Which of the two ways in which the service is known to answer. */
export const DIALECTS = ['documented', 'live'] as const
export type Dialect = typeof DIALECTS[number]
