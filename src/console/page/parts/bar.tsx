import type { JSX } from 'preact'

/** A bar that shows how much of something there is. `label` says it in words to those who do not see it. */
export function Bar ({ value, max = 100, label, kind = 'accent' }: { value: number, max?: number | undefined, label: string, kind?: 'accent' | 'good' | 'warn' | 'bad' | undefined }): JSX.Element {
  const share = max <= 0 ? 0 : Math.max(0, Math.min(1, value / max))
  return (
    <span class={`bar ${kind}`} role='meter' aria-label={label} aria-valuemin={0} aria-valuemax={Math.max(max, 0)} aria-valuenow={Math.max(0, Math.min(value, max))} title={label}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  )
}
