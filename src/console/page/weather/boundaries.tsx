import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ListedTitle } from '../../../model/title.ts'
import type { WorldTitle } from '../../../world/schema.ts'
import { listBoundaries, nearestBoundaries, type Boundary } from '../../text/boundaries.ts'
import { clockTo, toWire } from '../../text/clock-words.ts'
import { read } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Instant } from '../parts/instant.tsx'
import { inBackground } from '../undo.ts'
import { setClock } from './weather-actions.ts'

/** How many titles are read for their time windows: a world may have very many. */
const MOST_TITLES = 20

/** Goes to when a challenge begins or ends, or a token expires. They are read when they are asked for. */
export function Boundaries ({ now }: { now: number }): JSX.Element {
  const [all, setAll] = useState<readonly Boundary[]>()
  const { previous, next } = nearestBoundaries(all ?? [], now)
  return (
    <details onToggle={(event) => { if (event.currentTarget.open) inBackground(readBoundaries().then(setAll)) }}>
      <summary>Begins and ends of challenges, ends of tokens</summary>
      {all === undefined
        ? <p class='soft' role='status'>Loading …</p>
        : previous === undefined && next === undefined
          ? <p class='soft'>No challenge has a time window, and no token ends.</p>
          : <ul class='weather-boundaries'><Jump boundary={previous} label='Previous' /><Jump boundary={next} label='Next' /></ul>}
    </details>
  )
}

function Jump ({ boundary, label }: { boundary: Boundary | undefined, label: string }): JSX.Element | null {
  if (boundary === undefined) return null
  const { at, words } = boundary
  const go = (): void => { inBackground(setClock((clock) => clockTo(at, { isRunning: !clock.isFrozen, clock, machine: Date.now() }), `The clock is where ${words}`)) }
  return <li><Button title={`Set the clock to when ${words}`} onClick={go}>{label}</Button> <span>{words}, <Instant time={toWire(at)} /></span></li>
}

async function readBoundaries (): Promise<Boundary[]> {
  const { titles } = await read<{ titles: ListedTitle[] }>(`/_emulator/titles?limit=${MOST_TITLES}`)
  const { sessions } = await read<{ sessions: Array<{ xuid: string | null, expires: string | null }> }>('/_emulator/sessions?limit=1000')
  const whole: WorldTitle[] = []
  for (const { titleId } of titles) whole.push(await read<WorldTitle>(`/_emulator/titles/${titleId}`))
  return listBoundaries(whole, sessions)
}
