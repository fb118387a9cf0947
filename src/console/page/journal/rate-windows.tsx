import type { JSX } from 'preact'
import type { ShownCaller, ShownRateLimits, ShownWindow } from '../../../control/rate-limit-routes.ts'
import { describeCaller } from '../../text/limit-words.ts'
import { Bar } from '../parts/bar.tsx'
import { useRead } from '../use-read.ts'
import { isLimited } from '../weather/weather-state.ts'

/** How many callers are shown. */
const MOST_CALLERS = 6

/** How far users and titles are in the windows of the rate limits; nothing while there are no limits. @param xuid of this user alone; empty: of all. */
export function RateWindows ({ xuid }: { xuid: string }): JSX.Element | null {
  const isNumber = /^\d+$/.test(xuid)
  const { value } = useRead<ShownRateLimits>(`/_emulator/rate-limits?limit=${MOST_CALLERS}${isNumber ? `&xuid=${xuid}` : ''}`, isLimited)
  if (value === undefined || value.limits === null) return null
  const { limits: { burst, sustain }, callers, counts } = value
  return (
    <section class='requests-limits' aria-label='Rate limits'>
      <h2>Rate limits <span class='soft'>{burst.toLocaleString()} in 15 s · {sustain.toLocaleString()} in 300 s · <a href='#/weather'>change</a></span></h2>
      {callers.length === 0 && <p class='soft'>No requests count at present.</p>}
      {callers.map((caller) => <CallerWindows key={`${caller.xuid ?? ''},${caller.titleId ?? ''}`} caller={caller} />)}
      {counts.callers > callers.length && <p class='soft'>And {(counts.callers - callers.length).toLocaleString()} more; choose a user to see theirs.</p>}
    </section>
  )
}

function CallerWindows ({ caller }: { caller: ShownCaller }): JSX.Element {
  const who = describeCaller(caller)
  const { xuid, burst, sustain } = caller
  return (
    <div class='requests-windows'>
      <bdi class='cut' title={xuid ?? undefined}>{who}</bdi>
      <WindowBar name='15 s' window={burst} who={who} />
      <WindowBar name='300 s' window={sustain} who={who} />
    </div>
  )
}

function WindowBar ({ name, window: { used, limit, isFull, resetsIn }, who }: { name: string, window: ShownWindow, who: string }): JSX.Element {
  const percent = limit === 0 ? 100 : Math.min(100, Math.round(100 * used / limit))
  return (
    <span class='requests-window'>
      <Bar value={percent} label={`${who}: ${used} of ${limit} requests in ${name}`} kind={isFull ? 'bad' : percent >= 80 ? 'warn' : 'good'} />
      <span class={isFull ? 'journal-failed' : 'soft'}>{isFull && <strong>full </strong>}{used.toLocaleString()} / {limit.toLocaleString()} in {name}{resetsIn !== null && ` · empty in ${resetsIn} s`}</span>
    </span>
  )
}
