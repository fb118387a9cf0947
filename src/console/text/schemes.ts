/** Which colours a person wants; `auto`: those that the system has. */
export type Scheme = 'auto' | 'light' | 'dark'

export const nextScheme = (scheme: Scheme): Scheme => ({ auto: 'light', light: 'dark', dark: 'auto' } as const)[scheme]

/** What was kept of it; everything else is `auto`. */
export const readScheme = (kept: string | null): Scheme => kept === 'light' || kept === 'dark' ? kept : 'auto'
