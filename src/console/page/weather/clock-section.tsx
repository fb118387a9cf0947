import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { clockAt, clockTo, describeClockState, readLocalTime, readStep, readUtcTime, shiftedClock, toWire, writeLocalTime, type ClockSetting, type ReadClock } from '../../text/clock-words.ts'
import { showOffset } from '../../text/duration.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Instant } from '../parts/instant.tsx'
import { Notice } from '../parts/notice.tsx'
import { inBackground } from '../undo.ts'
import { Boundaries } from './boundaries.tsx'
import { setClock } from './weather-actions.ts'
import { useEmulatorNow, weather } from './weather-state.ts'

/** The emulator's clock: what it shows, and what may be done to it. */
export function ClockSection (): JSX.Element {
  const { clock } = weather.value
  const now = useEmulatorNow()
  return (
    <section id='clock' aria-labelledby='clock-heading'>
      <header class='toolbar'><h2 id='clock-heading'>Clock</h2></header>
      {clock === undefined || now === undefined ? <Notice kind='loading'>Loading …</Notice> : <div class='card weather-clock-card'><ClockFace clock={clock} now={now} /><Steps /><Calendar now={now} /><Boundaries now={now} /></div>}
    </section>
  )
}

/** Sets the clock, and says so. */
function set (settingAfter: (clock: ReadClock) => ClockSetting, text: string): void {
  inBackground(setClock(settingAfter, text))
}

function ClockFace ({ clock, now }: { clock: ReadClock, now: number }): JSX.Element {
  const wire = toWire(now)
  const state = describeClockState(clock)
  return (
    <div class='weather-clock-face'>
      <p class='weather-now' role='timer' aria-label={`The emulator's clock: ${wire}`}><Instant time={wire} /></p>
      <p class='soft'><span class='mono'>{`${wire.slice(0, 19)}Z`}</span> · <b>{state === null ? 'the real time' : clock.isFrozen ? 'stands still' : `${state} from the real time`}</b></p>
      <div class='toolbar'>
        {clock.isFrozen
          ? <Button kind='primary' title='Let it go on from here' onClick={() => { set((clock) => clockTo(clockAt(clock, Date.now()), { isRunning: true, clock, machine: Date.now() }), 'The clock goes on') }}>▸ Run from here</Button>
          : <Button kind='primary' title='Let it stand still' onClick={() => { set((clock) => ({ now: toWire(clockAt(clock, Date.now())) }), 'The clock stands still') }}>❄ Freeze</Button>}
        <Button disabled={state === null} title='Let it run with the real time' onClick={() => { set(() => null, 'The clock runs with the real time') }}>Real time</Button>
      </div>
    </div>
  )
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const CLOCK_STEPS = [-7 * DAY, -DAY, -HOUR, -MINUTE, MINUTE, HOUR, DAY, 7 * DAY]

function Steps (): JSX.Element {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const shift = (ms: number): void => { set((clock) => shiftedClock(clock, ms, Date.now()), `Shifted the clock by ${showOffset(ms)}`) }
  const submit = (): void => {
    const step = readStep(text)
    if (typeof step === 'string') setError(step)
    else shift(step)
  }
  return (
    <div>
      <div class='weather-steps' role='group' aria-label='Shift the clock'>
        {CLOCK_STEPS.map((ms) => <Button key={ms} title={`Shift the clock by ${showOffset(ms)}`} onClick={() => { shift(ms) }}>{showOffset(ms)}</Button>)}
      </div>
      <form class='weather-line' onSubmit={(event) => { event.preventDefault(); submit() }}>
        <Field label='Shift by' error={error}><input type='text' autocomplete='off' placeholder='1 h 30 min, -2 d, PT45M' value={text} aria-invalid={error !== undefined} onInput={(event) => { setText(event.currentTarget.value); setError(undefined) }} /></Field>
        <Button onClick={submit}>Shift</Button>
      </form>
    </div>
  )
}

/** By calendar in the reader's zone, and by the text of the wire: each field shows what the other one says. */
function Calendar ({ now }: { now: number }): JSX.Element {
  const [at, setAt] = useState<number>()
  const [utc, setUtc] = useState('')
  const [error, setError] = useState<string>()
  const go = (isRunning: boolean): void => {
    if (at === undefined) setError('Expected a date and a time.')
    else set((clock) => clockTo(at, { isRunning, clock, machine: Date.now() }), `The clock ${isRunning ? 'goes on from' : 'stands still at'} ${toWire(at)}`)
  }
  const choose = (value: number | undefined, text?: string): void => {
    setAt(value)
    setUtc(text ?? (value === undefined ? '' : toWire(value)))
    setError(undefined)
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); go(false) }}>
      <div class='weather-fields two'>
        <Field label='Date and time, in your zone'><input type='datetime-local' step={1} value={at === undefined ? '' : writeLocalTime(at)} onInput={(event) => { choose(readLocalTime(event.currentTarget.value)) }} /></Field>
        <Field label='The same in UTC' error={error}><input type='text' autocomplete='off' placeholder={toWire(now)} value={utc} aria-invalid={error !== undefined} onInput={(event) => { choose(readUtcTime(event.currentTarget.value), event.currentTarget.value) }} /></Field>
      </div>
      <div class='toolbar'>
        <Button title='Set it by calendar, and let it stand still' onClick={() => { go(false) }}>Stand still there</Button>
        <Button title='Set it by calendar, and let it go on' onClick={() => { go(true) }}>Run from there</Button>
        <input type='submit' hidden />
      </div>
    </form>
  )
}
