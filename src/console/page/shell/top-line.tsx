import type { JSX } from 'preact'
import type { Health } from '../../../control/health.ts'
import { isKeyAsked } from '../control-key.ts'
import { connection, type Connection } from '../live.ts'
import { isOutdated } from '../page-version.ts'
import { Button } from '../parts/button.tsx'
import { useRead } from '../use-read.ts'
import { WeatherChips } from '../weather/weather-chips.tsx'

const CONNECTION_WORDS: Readonly<Record<Connection, string>> = { connecting: 'connecting …', connected: 'connected', lost: 'connection lost – trying again', needsKey: 'key needed' }

/** The top line: which emulator this is, what goes wrong on purpose, and whether the page hears of it. */
export function TopLine (): JSX.Element {
  const { value } = useRead<Health>('/_emulator/health', () => false)
  return (
    <header class='top' role='banner'>
      <a class='brand' href='#/users' title={value === undefined ? undefined : `xbl-achievements-emulator ${value.version}`}><Mark />xbl-achievements</a>
      {value !== undefined && <span class='top-dialect' title='The dialect in which the service answers'>{value.dialect}</span>}
      <span class='top-address'>{window.location.host}</span>
      <div class='top-weather scrolls'><WeatherChips /></div>
      <span class={`connection ${connection.value}`} role='status' title={CONNECTION_WORDS[connection.value]}>
        <span class='connection-sign' aria-hidden='true'>{connection.value === 'connected' ? '●' : connection.value === 'lost' ? '✕' : '○'}</span>
        <span class='connection-word'>{CONNECTION_WORDS[connection.value]}</span>
      </span>
      {isOutdated.value && <Button kind='primary' title='The emulator that runs now has another version of this page: load it' onClick={() => { window.location.reload() }}>Reload the page</Button>}
      {connection.value === 'needsKey' && !isKeyAsked.value && <Button kind='primary' onClick={() => { isKeyAsked.value = true }}>Give the key …</Button>}
    </header>
  )
}

/** The sign of the page, as in its icon. */
function Mark (): JSX.Element {
  return (
    <svg viewBox='0 0 32 32' width='20' height='20' aria-hidden='true'>
      <rect class='mark-ground' width='32' height='32' rx='8' />
      <path class='mark-line' d='M24.3 12.500A9 9 0 1 1 16 7M11.5 16.200l3.200 3.300 6-6.800' fill='none' stroke-width='2.8' stroke-linecap='round' stroke-linejoin='round' />
    </svg>
  )
}
