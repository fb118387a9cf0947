import type { JSX } from 'preact'
import { Picture } from '../parts/picture.tsx'

/** The icon of an achievement or a title; its first letters where there is none, where it may not be loaded, and where it does not load. */
export function AchievementIcon ({ url, name, size = 36, dim = false }: { url: string | null, name: string, size?: number | undefined, dim?: boolean | undefined }): JSX.Element {
  const letters = name.trim().split(/\s+/, 2).map((word) => [...word][0] ?? '').join('').toUpperCase()
  return (
    <span class={`user-icon ${dim ? 'dim' : ''}`} style={{ width: `${size}px`, height: `${size}px` }} aria-hidden='true'>
      <Picture url={url} size={size} instead={<span class='user-letters'>{letters === '' ? '?' : letters}</span>} />
    </span>
  )
}
