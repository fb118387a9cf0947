import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { nextPane, paneHeight, readPaneHeight, type PaneState } from '../../text/pane.ts'
import { placeName } from '../../text/window-title.ts'
import { Journal } from '../journal/journal.tsx'
import { useShortcut } from '../keys.ts'
import { place } from '../navigation.ts'
import { isNarrowWindow } from '../window-width.ts'
import { Button } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { keptForAll } from '../storage.ts'

const [KEPT_STATE, KEPT_HEIGHT] = ['pane', 'paneHeight']
const keptState = keptForAll.get(KEPT_STATE)

/** How the lower pane is. Narrow, it is a sheet over the place, and hidden until it is asked for. */
export const paneState = signal<PaneState>(isNarrowWindow.peek() ? 'hidden' : keptState === 'hidden' || keptState === 'tall' ? keptState : 'open')
const height = signal(readPaneHeight(keptForAll.get(KEPT_HEIGHT)))

function setPane (state: PaneState): void {
  paneState.value = state
  if (!isNarrowWindow.value) keptForAll.set(KEPT_STATE, state)
}

function setHeight (wanted: number, room: number): void {
  height.value = paneHeight(wanted, room)
  keptForAll.set(KEPT_HEIGHT, String(height.value))
  setPane('open')
}

/** The lower pane with the live journal, on every place but the one that is about requests. */
export function Pane (): JSX.Element | null {
  const pane = useRef<HTMLElement>(null)
  useShortcut('l', 'Live requests: taller, hidden, shown', () => { setPane(nextPane(paneState.value)) })
  if (placeName(place.value) === 'requests') return null
  const state = paneState.value
  if (state === 'hidden') return <div class='pane hidden'><Button kind='quiet' title='Show the live requests (l)' onClick={() => { setPane('open') }}><Glyph name='live' /><span>Live requests</span></Button></div>
  return (
    <section class={`pane ${state}`} aria-label='Live requests' ref={pane} style={state === 'open' ? { height: `${height.value}px` } : {}}>
      <Splitter pane={pane} />
      <header class='pane-head'>
        <Glyph name='live' /><h2>Live requests</h2><span class='pane-space' />
        <a class='button quiet' href='#/requests' title='All of the requests (r)'>Open</a>
        <Button kind='quiet' title={state === 'tall' ? 'Make it lower' : 'Make it taller (l)'} onClick={() => { setPane(state === 'tall' ? 'open' : 'tall') }}><Glyph name={state === 'tall' ? 'hide' : 'tall'} /></Button>
        <Button kind='quiet' title='Hide the live requests' onClick={() => { setPane('hidden') }}>✕</Button>
      </header>
      <div class='pane-body'><Journal /></div>
    </section>
  )
}

/** The line that makes the pane taller or lower: by a drag, or by the arrow keys. */
function Splitter ({ pane }: { pane: { readonly current: HTMLElement | null } }): JSX.Element {
  const roomOf = (): number => pane.current?.parentElement?.clientHeight ?? window.innerHeight
  const drag = (event: PointerEvent): void => {
    const bottom = pane.current?.getBoundingClientRect().bottom ?? window.innerHeight
    if ((event.currentTarget as Element).hasPointerCapture(event.pointerId)) setHeight(bottom - event.clientY, roomOf())
  }
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowUp: 24, ArrowDown: -24, PageUp: 120, PageDown: -120 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setHeight((pane.current?.offsetHeight ?? height.value) + step, roomOf())
  }
  return (
    <div
      class='splitter' role='separator' aria-orientation='horizontal' aria-label='Height of the live requests' tabIndex={0} aria-valuenow={height.value} aria-valuemin={96} aria-valuemax={Math.max(96, window.innerHeight)}
      title='Drag, or arrow keys: how tall' onPointerDown={(event) => { event.preventDefault(); event.currentTarget.setPointerCapture(event.pointerId) }} onPointerMove={drag} onKeyDown={press}
    />
  )
}

/** Shows the sheet where the page is narrow. */
export function SheetButton (): JSX.Element | null {
  if (placeName(place.value) === 'requests') return null
  const isShown = paneState.value !== 'hidden'
  return <Button class='side-link side-sheet' kind='quiet' title='Live requests' expanded={isShown} onClick={() => { setPane(isShown ? 'hidden' : 'open') }}><Glyph name='live' /><span>Live</span></Button>
}
