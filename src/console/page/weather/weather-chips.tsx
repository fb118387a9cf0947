import type { ComponentChildren, JSX } from 'preact'
import { counted } from '../../../base/counted.ts'
import { describeClockState } from '../../text/clock-words.ts'
import { describeFault, describeRealTimeFault, isOn } from '../../text/fault-words.ts'
import { describeCaller, describeLimitChip, describeLimits } from '../../text/limit-words.ts'
import { showInstant } from '../../text/shown-values.ts'
import { useShortcut } from '../keys.ts'
import { goTo } from '../navigation.ts'
import { inBackground } from '../undo.ts'
import { setClock, setLimits, switchAllOff } from './weather-actions.ts'
import { cutConnections, useEmulatorNow, useWeather, weather } from './weather-state.ts'
import '../styles/weather.css'

/** What goes wrong on purpose now, in the top line: one click ends it. */
export function WeatherChips (): JSX.Element {
  useWeather()
  useShortcut('f', 'New fault', () => { goTo(['weather'], { new: '{}' }) })
  return (
    <>
      <ClockChip />
      <FaultChips />
      <LimitChip />
      <CutChip />
    </>
  )
}

/** A chip: what it says opens the weather, and the cross ends it. */
function Chip ({ children, title, section, kind = 'on', onEnd, ending }: {
  children: ComponentChildren, title: string, section: string, kind?: 'on' | 'calm' | undefined, onEnd?: (() => void) | undefined, ending?: string | undefined
}): JSX.Element {
  return (
    <span class={`weather-chip ${kind}`}>
      <a class='weather-chip-text' href={`#/weather?section=${section}`} title={title}>{children}</a>
      {onEnd !== undefined && <button type='button' class='weather-chip-end' title={ending} aria-label={ending} onClick={onEnd}>✕</button>}
    </span>
  )
}

function ClockChip (): JSX.Element | null {
  const { clock } = weather.value
  const now = useEmulatorNow()
  if (clock === undefined || now === undefined) return null
  const wire = new Date(now).toISOString()
  const state = describeClockState(clock)
  const end = (): void => { inBackground(setClock(() => null, 'The clock runs with the real time')) }
  return (
    <Chip section='clock' kind={state === null ? 'calm' : 'on'} title={`The emulator's clock: ${wire}`} onEnd={state === null ? undefined : end} ending='Let the clock run with the real time'>
      <span class='weather-clock'>{showInstant(wire, state === null ? 'time' : 'full')}</span><span class='weather-clock-short'>{showInstant(wire, 'time')}</span>
      {state !== null && <b>{clock.isFrozen ? '❄ ' : ''}{state}</b>}
    </Chip>
  )
}

function FaultChips (): JSX.Element {
  const { faults = [], realTimeFaults = [] } = weather.value
  const [on, realTimeOn] = [faults.filter(isOn), realTimeFaults.filter(isOn)]
  return (
    <>
      {on.length > 0 && (
        <Chip
          section='faults' title={on.map((fault) => describeFault(fault)).join('\n')} ending='Switch all faults off'
          onEnd={() => { inBackground(switchAllOff('/_emulator/faults', 'fault')) }}
        ><span aria-hidden='true'>⚡</span> {counted(on.length, 'fault')}
        </Chip>
      )}
      {realTimeOn.length > 0 && (
        <Chip
          section='rta-faults' title={realTimeOn.map((fault) => describeRealTimeFault(fault)).join('\n')} ending='Switch all faults of real-time activity off'
          onEnd={() => { inBackground(switchAllOff('/_emulator/rta/faults', 'RTA fault')) }}
        ><span aria-hidden='true'>⚡</span> {counted(realTimeOn.length, 'RTA fault')}
        </Chip>
      )}
    </>
  )
}

function LimitChip (): JSX.Element | null {
  const { limits: shown } = weather.value
  const text = shown === undefined ? null : describeLimitChip(shown)
  if (shown === undefined || shown.limits === null || text === null) return null
  const { limits, callers } = shown
  const title = [describeLimits(limits), ...callers.map((caller) => `over: ${describeCaller(caller)}`)].join('\n')
  return (
    <Chip section='limits' title={title} ending='Switch the rate limits off' onEnd={() => { inBackground(setLimits(null, 'Switched the rate limits off')) }}>
      {text}
    </Chip>
  )
}

function CutChip (): JSX.Element | null {
  const cut = cutConnections.value
  if (cut.length === 0) return null
  return (
    <Chip section='connections' title='WebSockets that were cut, and whose clients have not connected again' ending='Forget the connections that were cut' onEnd={() => { cutConnections.value = [] }}>
      {counted(cut.length, 'connection')} cut
    </Chip>
  )
}
