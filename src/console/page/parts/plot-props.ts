import type uPlot from 'uplot'

/** The colours of the page by their meaning: the tokens of styles/base.css. */
export type Tone = 'accent' | 'good' | 'warn' | 'bad' | 'info' | 'ink-soft'

/** Numbers of one kind, one for each x. */
export interface PlotSeries {
  readonly label: string
  /** Null: there is none. */
  readonly values: ReadonlyArray<number | null>
  readonly tone: Tone
  /** How it is drawn: by shape, too, series differ. */
  readonly shape: 'line' | 'area' | 'bars' | 'points' | 'steps'
  readonly dashed?: boolean
}

export interface PlotProps {
  /** What it shows: the name of the picture. */
  readonly title: string
  /** The same as a sentence, for those who do not see it. */
  readonly summary: string
  /** Ascending: seconds since 1970, or plain numbers. */
  readonly x: readonly number[]
  /** What the x are; `time` when absent. */
  readonly xKind?: 'time' | 'number'
  /** What is shown at least, from and to; those of the x when absent. */
  readonly xRange?: readonly [number, number]
  readonly series: readonly PlotSeries[]
  /** How an x and a value are written; numbers in the reader's locale when absent. */
  readonly formatX?: (x: number) => string
  readonly format?: (value: number) => string
  /** The greatest value that the axis has room for at least. */
  readonly yMax?: number
  /** In px; 120 when absent. */
  readonly height?: number
  /** Called with the index of the x on which somebody clicks. */
  readonly onPick?: (index: number) => void
}

/** What uPlot is given. */
export const dataOf = ({ x, series }: PlotProps): uPlot.AlignedData => [[...x], ...series.map(({ values }) => [...values])]
