import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ShownCaller, ShownRateLimits, ShownWindow } from '../../../control/rate-limit-routes.ts'
import { describeCaller, describeLimits, readLimits, secondsLeft } from '../../text/limit-words.ts'
import { Bar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { inBackground } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { resetLimits, setLimits } from './weather-actions.ts'
import { isLimited, useEmulatorNow } from './weather-state.ts'

/** What the service documents. */
const DOCUMENTED = { burst: '100', sustain: '300' }

/** The rate limits: on, off, how many; and whose requests they count. */
export function LimitsSection (): JSX.Element {
  const reading = useRead<ShownRateLimits>('/_emulator/rate-limits?limit=100', isLimited)
  const { value } = reading
  return (
    <section id='limits' aria-labelledby='limits-heading'>
      <header class='toolbar'><h2 id='limits-heading'>Rate limits</h2></header>
      <ReadingNotice reading={reading} />
      {value !== undefined && <div class='card'><LimitsForm shown={value} />{value.limits !== null && <Callers shown={value} />}</div>}
    </section>
  )
}

function LimitsForm ({ shown: { limits, configured } }: { shown: ShownRateLimits }): JSX.Element {
  const [form, setForm] = useState(DOCUMENTED)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => { if (limits !== null) setForm({ burst: String(limits.burst), sustain: String(limits.sustain) }) }, [limits?.burst, limits?.sustain])
  const submit = (): void => {
    const read = readLimits(form)
    if ('errors' in read) setErrors(read.errors)
    else inBackground(setLimits(read, `Rate limits: ${describeLimits(read)}`))
  }
  const change = (part: Partial<typeof form>): void => { setForm({ ...form, ...part }); setErrors({}) }
  const isAsConfigured = limits?.burst === configured?.burst && limits?.sustain === configured?.sustain
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit() }}>
      <p class='weather-limit-state'>{limits === null ? 'Off: every request passes.' : <>On: each user and title may send <b>{describeLimits(limits)}</b>.</>}</p>
      <div class='weather-fields two'>
        <Field label='In 15 seconds' error={errors['burst']}><input type='text' inputMode='numeric' autocomplete='off' value={form.burst} aria-invalid={errors['burst'] !== undefined} onInput={(event) => { change({ burst: event.currentTarget.value }) }} /></Field>
        <Field label='In 5 minutes' error={errors['sustain']}><input type='text' inputMode='numeric' autocomplete='off' value={form.sustain} aria-invalid={errors['sustain'] !== undefined} onInput={(event) => { change({ sustain: event.currentTarget.value }) }} /></Field>
      </div>
      <div class='toolbar'>
        <Button kind={limits === null ? 'primary' : 'plain'} title={limits === null ? 'Switch the rate limits on' : 'Change the rate limits'} onClick={submit}>{limits === null ? 'Switch on' : 'Change'}</Button>
        {limits !== null && <Button title='Switch the rate limits off' onClick={() => { inBackground(setLimits(null, 'Switched the rate limits off')) }}>Switch off</Button>}
        {(limits !== null || configured !== null) && (
          <Button
            title={`Back to the limits of the start (${configured === null ? 'none' : describeLimits(configured)}), and count from 0`}
            onClick={() => { inBackground(resetLimits()) }}
          >{isAsConfigured ? 'Count from 0' : 'As at the start'}
          </Button>
        )}
        <input type='submit' hidden />
      </div>
    </form>
  )
}

function Callers ({ shown: { callers, counts } }: { shown: ShownRateLimits }): JSX.Element {
  const now = useEmulatorNow() ?? 0
  const live = callers.filter(({ burst, sustain }) => secondsLeft(burst, now) > 0 || secondsLeft(sustain, now) > 0)
  if (live.length === 0) return <Notice kind='empty'>Nobody has sent anything in the last five minutes.</Notice>
  return (
    <div class='weather-callers'>
      <table>
        <caption class='unseen'>Whose requests are counted</caption>
        <thead><tr><th scope='col'>User and title</th><th scope='col'>15 s</th><th scope='col'>5 min</th></tr></thead>
        <tbody>
          {live.map((caller) => (
            <tr key={`${caller.xuid},${caller.titleId}`}>
              <th scope='row' class='cut' title={describeCaller(caller)}>{describeCaller(caller)}</th>
              <WindowCell caller={caller} window={caller.burst} now={now} span='15 s' />
              <WindowCell caller={caller} window={caller.sustain} now={now} span='5 min' />
            </tr>
          ))}
        </tbody>
      </table>
      {counts.callers > callers.length && <p class='soft'>{callers.length} of {counts.callers} are shown; {counts.full} are over.</p>}
    </div>
  )
}

function WindowCell ({ caller, window, now, span }: { caller: ShownCaller, window: ShownWindow, now: number, span: string }): JSX.Element {
  const left = secondsLeft(window, now)
  if (left === 0) return <td class='soft'>–</td>
  const { used, limit, isFull } = window
  return (
    <td title={`${used} of ${limit}; empty again in ${left} s${isFull ? '; the next request is refused' : ''}`}>
      <Bar value={used} max={limit} kind={isFull ? 'bad' : 'good'} label={`${describeCaller(caller)}, ${span}: ${used} of ${limit}`} />
      <span class={isFull ? 'weather-over' : 'soft'}>{used} / {limit}{isFull ? ' over' : ''} · {left} s</span>
    </td>
  )
}
