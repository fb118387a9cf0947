import UPlot from 'uplot'
import { dataOf, type PlotProps, type PlotSeries, type Tone } from './plot-props.ts'

/** A plot in the document. */
export interface DrawnPlot {
  /** Shows what there is now. */
  readonly show: () => void
  readonly end: () => void
}

const FONT = '11px system-ui, sans-serif'

/**
 * Draws a plot into a place, and again when the place has another width or the page other colours.
 *
 * @param props what is to be drawn now. What kinds of series there are does not change.
 * @param onPoint is called with the index of the x that is pointed at; null: none is.
 */
export function drawPlot (place: HTMLElement, props: () => PlotProps, onPoint: (index: number | null) => void): DrawnPlot {
  const colours = createColours(place)
  const { height = 120 } = props()
  const drawn = new UPlot(optionsOf(props, { colours, onPoint, width: Math.max(place.clientWidth, 50), height }), dataOf(props()), place)
  const resizing = new ResizeObserver(() => { if (place.clientWidth > 0 && place.clientWidth !== drawn.width) drawn.setSize({ width: place.clientWidth, height }) })
  resizing.observe(place)
  const repaint = (): void => {
    colours.forget()
    drawn.redraw(false)
  }
  const scheme = window.matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', repaint)
  const theme = new MutationObserver(repaint)
  theme.observe(document.documentElement, { attributes: true })
  const pick = (): void => { if (drawn.cursor.idx != null) props().onPick?.(drawn.cursor.idx) }
  drawn.over.addEventListener('click', pick)
  return {
    show: () => { drawn.setData(dataOf(props())) },
    end: () => {
      resizing.disconnect()
      theme.disconnect()
      scheme.removeEventListener('change', repaint)
      drawn.destroy()
      colours.end()
    }
  }
}

/** The colours of tokens as a canvas takes them: whatever a token is made of, the browser computes it. */
function createColours (place: HTMLElement): { readonly of: (tone: Tone | 'ink' | 'line') => string, readonly forget: () => void, readonly end: () => void } {
  const probe = document.createElement('span')
  probe.hidden = true
  place.append(probe)
  const known = new Map<string, string>()
  return {
    of: (tone) => {
      const colour = known.get(tone)
      if (colour !== undefined) return colour
      probe.style.color = `var(--${tone}, currentColor)`
      const computed = window.getComputedStyle(probe).color
      known.set(tone, computed)
      return computed
    },
    forget: () => { known.clear() },
    end: () => { probe.remove() }
  }
}

type Colours = ReturnType<typeof createColours>

interface Drawing {
  readonly colours: Colours
  readonly onPoint: (index: number | null) => void
  readonly width: number
  readonly height: number
}

function optionsOf (props: () => PlotProps, { colours, onPoint, width, height }: Drawing): UPlot.Options {
  const { xKind = 'time', series, formatX } = props()
  const axis = { stroke: () => colours.of('ink-soft'), font: FONT, ticks: { show: false }, gap: 4 }
  const formatTicks = (values: number[], format: ((value: number) => string) | undefined): string[] => values.map((value) => format === undefined ? value.toLocaleString() : format(value))
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: xKind === 'time', range: (_plot, min, max) => rangeOfX(props(), [min, max]) },
      y: { range: (_plot, _min, max) => [0, Math.max(max ?? 0, props().yMax ?? 0, 1) * 1.08] }
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: 76,
        grid: { show: false },
        values: (_plot, values, _axis, _space, increment) => xKind === 'number' || formatX !== undefined ? formatTicks(values, props().formatX) : values.map((value) => writeTime(value, increment))
      },
      { ...axis, size: 52, space: 18, grid: { stroke: () => colours.of('line'), width: 1 }, values: (_plot, values) => formatTicks(values, props().format) }
    ],
    series: [{}, ...series.map((each) => toSeries(each, colours))],
    hooks: { setCursor: [({ cursor: { idx } }) => { onPoint(idx ?? null) }] }
  }
}

function rangeOfX ({ xRange }: PlotProps, [min, max]: readonly [number | null, number | null]): [number, number] {
  if (xRange !== undefined) return [xRange[0], xRange[1]]
  const [from, to] = [min ?? 0, max ?? 1]
  return from === to ? [from - 1, to + 1] : [from, to]
}

function toSeries ({ label, tone, shape, dashed = false }: PlotSeries, colours: Colours): UPlot.Series {
  const stroke = (): string => colours.of(tone)
  const faint = (): string => faded(colours.of(tone))
  const base = { label, stroke, width: 1.5, ...dashed && { dash: [5, 4] } }
  switch (shape) {
    case 'line': return { ...base, points: { show: false } }
    case 'area': return { ...base, fill: faint, points: { show: false } }
    case 'steps': return { ...base, fill: faint, paths: UPlot.paths.stepped?.({ align: 1 }) ?? (() => null), points: { show: false } }
    case 'bars': return { ...base, width: 0, fill: stroke, paths: UPlot.paths.bars?.({ size: [0.8, 40] }) ?? (() => null), points: { show: false } }
    case 'points': return { ...base, paths: () => null, points: { show: true, size: 5, width: 0, stroke, fill: stroke } }
  }
}

const DAY = 86_400

/** An instant on an axis, in the reader's zone, as precisely as its ticks are apart. Both are in seconds. */
function writeTime (seconds: number, increment: number): string {
  const date = new Date(seconds * 1000)
  if (increment < 60) return date.toLocaleTimeString(undefined, { timeStyle: 'medium', hourCycle: 'h23' })
  if (increment < DAY) return date.toLocaleTimeString(undefined, { timeStyle: 'short', hourCycle: 'h23' })
  return date.toLocaleDateString(undefined, increment < 300 * DAY ? { dateStyle: 'medium' } : { year: 'numeric' })
}

/** A computed colour with little of it: `rgb(1, 2, 3)` as `rgba(1, 2, 3, 0.15)`. */
const faded = (colour: string): string => /^rgb\([^/]*\)$/.test(colour) ? colour.replace('rgb(', 'rgba(').replace(')', ', 0.15)') : colour
