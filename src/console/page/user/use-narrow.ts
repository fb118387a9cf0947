import { useEffect, useState } from 'preact/hooks'

/** Whether the window is too narrow for what stands side by side elsewhere. */
export function useNarrowWindow (below = 720): boolean {
  const query = `(max-width: ${below - 1}px)`
  const [isNarrow, setNarrow] = useState(window.matchMedia(query).matches)
  useEffect(() => {
    const media = window.matchMedia(query)
    const onChange = (): void => { setNarrow(media.matches) }
    onChange()
    media.addEventListener('change', onChange)
    return () => { media.removeEventListener('change', onChange) }
  }, [query])
  return isNarrow
}
