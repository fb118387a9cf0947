import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { describeDurations, describeRates, describeUnplaced, rateLines } from '../../text/journal-rates.ts'
import { durationText } from '../../text/journal-words.ts'
import { Plot, type PlotSeries } from '../parts/plot.tsx'
import { rates, unplacedCount } from './journal-store.ts'

/** How many seconds are shown. */
const SHOWN_SECONDS = 180

const currentSecond = (): number => Math.floor(Date.now() / 1000)

/** The present second, which changes while the page is seen. */
function useSecond (): number {
  const [second, setSecond] = useState(currentSecond)
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) setSecond(currentSecond()) }, 1000)
    return () => { clearInterval(timer) }
  }, [])
  return second
}

/** Requests a second, and how long their answers took, over the last minutes. */
export function TrafficPlots (): JSX.Element {
  const now = useSecond()
  const lines = useMemo(() => rateLines(rates.value, now, SHOWN_SECONDS), [rates.value.length, now])
  const range = [now - SHOWN_SECONDS, now] as const
  const counts: PlotSeries[] = [
    { label: 'all', values: lines.counts, tone: 'accent', shape: 'steps' },
    { label: 'refused or failed', values: lines.bad, tone: 'bad', shape: 'points' }
  ]
  const durations: PlotSeries[] = [
    { label: 'median', values: lines.medians, tone: 'info', shape: 'points' },
    { label: 'longest', values: lines.longest, tone: 'warn', shape: 'bars' }
  ]
  return (
    <div class='requests-plots'>
      <Plot title='Requests a second' summary={describeRates(lines)} x={lines.x} xRange={range} series={counts} height={84} yMax={4} />
      <Plot title='Durations' summary={describeDurations(lines, durationText)} x={lines.x} xRange={range} series={durations} height={84} format={durationText} yMax={4} />
      {unplacedCount.value > 0 && <p class='soft requests-unplaced'>{describeUnplaced(unplacedCount.value)}</p>}
    </div>
  )
}
