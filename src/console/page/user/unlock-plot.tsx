import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { showInstant, showNumber } from '../../text/shown-values.ts'
import { unlockLineInWords, unlockLineOf } from '../../text/unlock-line.ts'
import type { UserView } from '../../text/user-view.ts'
import { ReadingNotice } from '../parts/notice.tsx'
import { Plot } from '../parts/plot.tsx'
import { useUnlocks, type UnlockPage } from './user-data.ts'

/** The axis of a count has whole numbers alone. */
const showWhole = (value: number): string => Number.isInteger(value) ? showNumber(value) : ''
const showDate = (wire: string): string => showInstant(wire, 'date')

/** What a user has unlocked over time, in all titles or one. */
export function UnlockPlot ({ xuid, titleId, view, height = 110 }: { xuid: string, titleId: string | undefined, view: UserView, height?: number }): JSX.Element {
  const reading = useUnlocks(xuid, titleId, view)
  return (
    <section class='user-line' aria-label='Unlocks over time'>
      <ReadingNotice reading={reading} />
      {reading.value !== undefined && <Line page={reading.value} height={height} />}
    </section>
  )
}

function Line ({ page: { unlocks, next }, height }: { page: UnlockPage, height: number }): JSX.Element {
  const line = useMemo(() => unlockLineOf(unlocks), [unlocks])
  const summary = unlockLineInWords(unlocks, line, { hasMore: next !== null, showTime: showDate })
  const series = useMemo(() => [{ label: 'Unlocked', values: line.counts, tone: 'accent' as const, shape: 'steps' as const }, { label: 'Each', values: line.counts, tone: 'good' as const, shape: 'points' as const }], [line])
  if (line.x.length === 0) return <><h2>Unlocks over time</h2><p class='soft'>{summary}</p></>
  return <Plot title='Unlocks over time' summary={summary} x={line.x} series={series} height={height} format={showWhole} formatX={(seconds) => showDate(new Date(seconds * 1000).toISOString())} />
}
