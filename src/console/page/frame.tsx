import type { JSX } from 'preact'
import { Journal } from './journal/journal.tsx'
import { connection } from './live.ts'
import { place } from './navigation.ts'
import { WeatherChips } from './parts/weather-chips.tsx'
import { RequestsPlace } from './places/requests.tsx'
import { UserPlace } from './places/user.tsx'
import { UsersPlace } from './places/users.tsx'
import { WeatherPlace } from './places/weather.tsx'
import { WorldPlace } from './places/world.tsx'

/** What stands around every place. */
export function Frame (): JSX.Element {
  return (
    <>
      <header role='banner'><a href='#/users'>xbl-achievements</a> <WeatherChips /> <span role='status'>{connection.value}</span></header>
      <nav aria-label='Places'>
        <a href='#/users'>Users</a> <a href='#/requests'>Requests</a> <a href='#/weather'>Weather</a> <a href='#/world'>World</a> <a href='/_emulator/docs'>API</a>
      </nav>
      <main><CurrentPlace /></main>
      <section aria-label='Live journal'><Journal /></section>
    </>
  )
}

function CurrentPlace (): JSX.Element {
  const [name = 'users', xuid, , titleId] = place.value.path
  if (name === 'requests') return <RequestsPlace />
  if (name === 'weather') return <WeatherPlace />
  if (name === 'world') return <WorldPlace />
  return xuid === undefined ? <UsersPlace /> : <UserPlace xuid={xuid} titleId={titleId} />
}
