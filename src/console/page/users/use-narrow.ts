import { signal } from '@preact/signals'

const query = window.matchMedia('(max-width: 720px)')

/** Whether the window is too narrow for a table. */
export const isTooNarrow = signal(query.matches)

query.addEventListener('change', () => { isTooNarrow.value = query.matches })
