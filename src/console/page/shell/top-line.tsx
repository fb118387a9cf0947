import type { JSX } from 'preact'
import type { Health } from '../../../control/health.ts'
import { isKeyAsked } from '../control-key.ts'
import { connection, type Connection } from '../live.ts'
import { Button } from '../parts/button.tsx'
import { WeatherChips } from '../parts/weather-chips.tsx'
import { useRead } from '../use-read.ts'

const WORDS: Readonly<Record<Connection, string>> = { connecting: 'connecting …', connected: 'connected', lost: 'connection lost – trying again', needsKey: 'key needed' }

/** The top line: which emulator this is, what goes wrong on purpose, and whether the page hears of it. */
export function TopLine (): JSX.Element {
  const { value } = useRead<Health>('/_emulator/health', () => false)
  return (
    <header class='top' role='banner'>
      <a class='brand' href='#/users' title={value === undefined ? undefined : `xbl-achievements-emulator ${value.version}`}>xbl-achievements</a>
      {value !== undefined && <span class='top-dialect' title='The dialect in which the service answers'>{value.dialect}</span>}
      <span class='top-address'>{window.location.host}</span>
      <div class='top-weather'><WeatherChips /></div>
      <span class={`connection ${connection.value}`} role='status' title={WORDS[connection.value]}>
        <span class='connection-sign' aria-hidden='true'>{connection.value === 'connected' ? '●' : connection.value === 'lost' ? '✕' : '○'}</span>
        <span class='connection-word'>{WORDS[connection.value]}</span>
      </span>
      {connection.value === 'needsKey' && !isKeyAsked.value && <Button kind='primary' onClick={() => { isKeyAsked.value = true }}>Give the key …</Button>}
    </header>
  )
}
