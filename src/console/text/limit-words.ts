import type { ShownCaller, ShownRateLimits, ShownWindow } from '../../control/rate-limit-routes.ts'
import type { RateLimits } from '../../rules/rate-limit.ts'

/** Limits in words: "100 in 15 s, 300 in 5 min". */
export const describeLimits = ({ burst, sustain }: RateLimits): string => `${burst} in 15 s, ${sustain} in 5 min`

/** What the top line says of limits: "limit 100 / 300", and how many are refused. */
export function describeLimitChip ({ limits, counts: { full } }: Pick<ShownRateLimits, 'limits' | 'counts'>): string | null {
  if (limits === null) return null
  return `limit ${limits.burst} / ${limits.sustain}${full === 0 ? '' : ` · ${full} over`}`
}

/** Who it is: "gamer in title 5". */
export function describeCaller ({ xuid, gamertag, titleId }: Pick<ShownCaller, 'xuid' | 'gamertag' | 'titleId'>): string {
  return `${gamertag ?? xuid ?? 'nobody'}${titleId === null ? ' without a title' : ` in title ${titleId}`}`
}

/** In how many seconds a window is empty again. @param now the emulator's clock, in ms. */
export const secondsLeft = ({ ends }: Pick<ShownWindow, 'ends'>, now: number): number => ends === null ? 0 : Math.max(0, Math.ceil((Date.parse(ends) - now) / 1000))

/** Limits as a person types them; or what is wrong, by field. */
export function readLimits ({ burst, sustain }: { readonly burst: string, readonly sustain: string }): RateLimits | { readonly errors: Readonly<Record<string, string>> } {
  const read = { burst: readLimit(burst), sustain: readLimit(sustain) }
  if (read.burst !== undefined && read.sustain !== undefined) return { burst: read.burst, sustain: read.sustain }
  return { errors: Object.fromEntries(Object.entries(read).filter(([, value]) => value === undefined).map(([name]) => [name, 'Expected a number of requests.'])) }
}

function readLimit (text: string): number | undefined {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined
}
