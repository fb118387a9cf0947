import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { placeName, windowTitle } from '../text/window-title.ts'
import { useShortcut } from './keys.ts'
import { connection } from './live.ts'
import { goTo, place, placeDetail } from './navigation.ts'
import { RequestsPlace } from './places/requests.tsx'
import { UserPlace } from './places/user.tsx'
import { UsersPlace } from './places/users.tsx'
import { WeatherPlace } from './places/weather.tsx'
import { WorldPlace } from './places/world.tsx'
import { HelpDialog } from './shell/help-dialog.tsx'
import { KeyDialog } from './shell/key-dialog.tsx'
import { LastAction } from './shell/last-action.tsx'
import { Pane, SheetButton } from './shell/pane.tsx'
import { Side } from './shell/side.tsx'
import { ToastList } from './shell/toast-list.tsx'
import { TopLine } from './shell/top-line.tsx'

/** What stands around every place. */
export function Frame (): JSX.Element {
  const state = connection.value
  useEffect(() => { document.title = windowTitle(place.value, { host: window.location.host, isLost: state === 'lost', detail: placeDetail.value }) }, [place.value, state, placeDetail.value])
  useShortcut('/', 'Search', searchHere)
  return (
    <div class={`frame ${state === 'lost' || state === 'needsKey' ? 'stale' : ''}`}>
      <a class='skip' href='#main' onClick={(event) => { event.preventDefault(); document.querySelector('main')?.focus() }}>Skip to the content</a>
      <TopLine />
      <Side sheet={<SheetButton />} />
      <div class='middle'>
        <Main />
        <Pane />
        <LastAction />
      </div>
      <ToastList />
      <HelpDialog />
      <KeyDialog />
    </div>
  )
}

/** The place. Whoever goes to another one has the focus there, unless something in it has it already. */
function Main (): JSX.Element {
  const main = useRef<HTMLElement>(null)
  const name = placeName(place.value)
  const shown = useRef(name)
  useEffect(() => {
    if (shown.current !== name && main.current?.contains(document.activeElement) !== true) main.current?.focus()
    shown.current = name
  }, [name])
  return <main id='main' class='place' tabIndex={-1} ref={main}><CurrentPlace /></main>
}

function CurrentPlace (): JSX.Element {
  const [, xuid, , titleId] = place.value.path
  const name = placeName(place.value)
  if (name === 'requests') return <RequestsPlace />
  if (name === 'weather') return <WeatherPlace />
  if (name === 'world') return <WorldPlace />
  return xuid === undefined ? <UsersPlace /> : <UserPlace xuid={xuid} titleId={titleId} />
}

/** Goes to the search field of the place; of a place that has none, to that of the users. */
function searchHere (): void {
  const find = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('main input[type=search]')
  const field = find()
  if (field === null) {
    goTo(['users'])
    requestAnimationFrame(() => { requestAnimationFrame(() => { find()?.focus() }) })
  }
  field?.focus()
  field?.select()
}
