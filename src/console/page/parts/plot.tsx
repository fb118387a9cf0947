import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { drawPlot, type DrawnPlot } from './draw-plot.ts'
import type { PlotProps } from './plot-props.ts'
import 'uplot/dist/uPlot.min.css'
import '../styles/plot.css'

export type { PlotProps, PlotSeries } from './plot-props.ts'

/** How many rows the table in the place of the picture has at most: the last ones. */
const MOST_ROWS = 100

const plainNumber = (value: number): string => value.toLocaleString(undefined, { maximumFractionDigits: 2 })
const timeOfDay = (seconds: number): string => new Date(seconds * 1000).toLocaleTimeString(undefined, { hourCycle: 'h23' })

const formatterOfX = ({ formatX, xKind = 'time' }: PlotProps): (x: number) => string => formatX ?? (xKind === 'time' ? timeOfDay : plainNumber)

/**
 * Draws numbers over time, or over other numbers. Its colours are those of the page, in both schemes; it is as wide as there
 * is room. What it shows is there as a sentence, and as a table.
 */
export function Plot (props: PlotProps): JSX.Element {
  const { title, summary, series, height = 120 } = props
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<DrawnPlot | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const latest = useRef(props)
  latest.current = props
  const shape = JSON.stringify([props.xKind, height, series.map(({ label, tone, shape, dashed }) => [label, tone, shape, dashed])])
  useEffect(() => {
    const drawn = drawPlot(place.current as HTMLDivElement, () => latest.current, setAt)
    plot.current = drawn
    return drawn.end
  }, [shape])
  useEffect(() => { plot.current?.show() }, [props.x, series, props.xRange, props.yMax])
  return (
    <figure class='plot' aria-label={title}>
      <figcaption class='plot-head'><span class='plot-title'>{title}</span> <Legend {...props} at={at} /></figcaption>
      <div class='plot-canvas' ref={place} aria-hidden='true' />
      <p class='plot-summary'>{summary}</p>
      <PlotTable {...props} />
    </figure>
  )
}

function Legend ({ at, ...props }: PlotProps & { readonly at: number | null }): JSX.Element {
  const { series, x, format = plainNumber } = props
  const pointed = at === null ? undefined : x[at]
  return (
    <span class='plot-legend'>
      {pointed !== undefined && <span class='plot-at'>{formatterOfX(props)(pointed)}</span>}
      {series.map(({ label, tone, shape, values }) => {
        const value = at === null ? null : values[at] ?? null
        return <span key={label}><span class={`plot-mark plot-${shape} plot-tone-${tone}`} aria-hidden='true' /> {label}{value !== null && ` ${format(value)}`}</span>
      })}
    </span>
  )
}

function PlotTable (props: PlotProps): JSX.Element {
  const { title, series, x, format = plainNumber } = props
  const [isOpen, setOpen] = useState(false)
  const first = Math.max(0, x.length - MOST_ROWS)
  return (
    <details class='plot-table' onToggle={(event) => { setOpen(event.currentTarget.open) }}>
      <summary>As a table</summary>
      {isOpen && (
        <div class='plot-scroll' tabIndex={0} role='region' aria-label={`${title}: table`}>
          <table>
            <thead><tr><th scope='col'>{props.xKind === 'number' ? '' : 'Time'}</th>{series.map(({ label }) => <th scope='col' key={label}>{label}</th>)}</tr></thead>
            <tbody>{x.slice(first).map((each, index) => (
              <tr key={each}><th scope='row'>{formatterOfX(props)(each)}</th>{series.map(({ label, values }) => <td key={label}>{writeValue(values[first + index], format)}</td>)}</tr>
            ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}

const writeValue = (value: number | null | undefined, format: (value: number) => string): string => value == null ? '–' : format(value)
