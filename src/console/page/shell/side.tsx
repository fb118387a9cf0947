import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { nextScheme, readScheme } from '../../text/schemes.ts'
import { placeName } from '../../text/window-title.ts'
import { goTo, place } from '../navigation.ts'
import { useShortcut } from '../keys.ts'
import { Button } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { keptForAll } from '../storage.ts'
import { isHelpShown } from './help-dialog.tsx'

const PLACES = [
  { name: 'users', words: 'Users', shortcut: 'g' },
  { name: 'requests', words: 'Requests', shortcut: 'r' },
  { name: 'weather', words: 'Weather', shortcut: 'e' },
  { name: 'world', words: 'World', shortcut: 'w' }
] as const

/** The places, and what is about the page itself. Wide: a column at the left; narrow: a bar at the bottom. */
export function Side ({ sheet }: { /** The button of the journal's sheet. */ sheet: JSX.Element }): JSX.Element {
  return (
    <nav class='side' aria-label='Places'>
      {PLACES.map((one) => <PlaceLink key={one.name} {...one} />)}
      <a class='side-link' href='/_emulator/docs' title='The API, to browse and to try'><Glyph name='api' /><span>API</span></a>
      {sheet}
      <span class='side-space' />
      <SchemeButton />
      <Button class='side-link side-extra' kind='quiet' title='All keys' shortcut='?' onClick={() => { isHelpShown.value = true }}><Glyph name='keys' /><span>Keys</span></Button>
    </nav>
  )
}

function PlaceLink ({ name, words, shortcut }: typeof PLACES[number]): JSX.Element {
  useShortcut(shortcut, words, () => { goTo([name]) })
  const isHere = placeName(place.value) === name
  return (
    <a class='side-link' href={`#/${name}`} title={`${words} (${shortcut})`} aria-keyshortcuts={shortcut} aria-current={isHere ? 'page' : undefined}>
      <Glyph name={name} /><span>{words}</span>
    </a>
  )
}

const KEPT_SCHEME = 'scheme'
const scheme = signal(readScheme(keptForAll.get(KEPT_SCHEME)))
const SCHEME_WORDS = { auto: 'Colours: auto, as the system', light: 'Colours: light', dark: 'Colours: dark' } as const
applyScheme()

function applyScheme (): void {
  document.documentElement.dataset['scheme'] = scheme.peek()
}

function SchemeButton (): JSX.Element {
  const change = (): void => {
    scheme.value = nextScheme(scheme.value)
    keptForAll.set(KEPT_SCHEME, scheme.value)
    applyScheme()
  }
  return <Button class='side-link side-extra' kind='quiet' title={SCHEME_WORDS[scheme.value]} onClick={change}><Glyph name='scheme' /><span>{{ auto: 'Auto', light: 'Light', dark: 'Dark' }[scheme.value]}</span></Button>
}
