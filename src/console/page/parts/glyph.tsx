import type { JSX } from 'preact'

/** The outlines of the page's signs, on a square of 16. */
const SHAPES = {
  users: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14c.4-2.7 2.7-4.3 5.5-4.3s5.1 1.6 5.5 4.3',
  requests: 'M1.5 5h9.500M8.5 2l3 3-3 3M14.5 11H5M7.5 8l-3 3 3 3',
  weather: 'M9.5 1.5 4 9h4l-1.5 5.500L12 7H8z',
  world: 'M8 14.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM1.5 8h13M8 1.500c4 4.2 4 8.8 0 13M8 1.500c-4 4.2-4 8.8 0 13',
  api: 'M5.5 3.5 1.5 8l4 4.500M10.5 3.500l4 4.5-4 4.5',
  keys: 'M1.5 4h13v8h-13zM4 6.500h.5M6.5 6.500H7M9 6.500h.5M11.5 6.500h.5M5 9.500h6',
  live: 'M1.5 8h3l2-5 3 10 2-5h3',
  scheme: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 2v12M8 4.500c4.5 1 4.5 6 0 7',
  tall: 'M4 10l4-4 4 4',
  hide: 'M4 6l4 4 4-4'
} as const

/** A sign of the page's own; decoration, as its words stand beside it or in its title. */
export function Glyph ({ name }: { name: keyof typeof SHAPES }): JSX.Element {
  return (
    <svg class='glyph' viewBox='0 0 16 16' width='16' height='16' fill='none' stroke='currentColor' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>
      <path d={SHAPES[name]} />
    </svg>
  )
}
