import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { percentAfterKey, percentAt } from '../../text/percent-keys.ts'

/** A percentage that is moved by arrow keys, Home, End and the pointer. */
export function PercentSlider ({ percent, label, onMove, kind = '' }: { percent: number, label: string, onMove: (percent: number) => void, kind?: string | undefined }): JSX.Element {
  const track = useRef<HTMLSpanElement>(null)
  const moveTo = (event: PointerEvent): void => {
    const { left = 0, width = 1 } = track.current?.getBoundingClientRect() ?? {}
    onMove(percentAt((event.clientX - left) / width))
  }
  return (
    <span
      class={`percent ${kind}`} role='slider' tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={`${percent} %`}
      title={`${percent} % (← → by five, Home, End)`}
      onKeyDown={(event) => {
        const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : percentAfterKey(event.key, percent)
        if (next === undefined) return
        event.preventDefault()
        event.stopPropagation()
        onMove(next)
      }}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); moveTo(event) }}
      onPointerMove={(event) => { if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event) }}
    >
      <span class='percent-track' ref={track}><span style={{ width: `${percent}%` }} /></span>
      <span class='percent-thumb' style={{ left: `${percent}%` }} />
    </span>
  )
}
