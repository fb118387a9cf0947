import type { JSX } from 'preact'
import { describeCounter, isOn } from '../../text/fault-words.ts'
import { setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { inBackground } from '../undo.ts'
import { changeFault, deleteFault, switchFaults, type AnyFault, type FaultsPath } from './weather-actions.ts'

/** What a card is of. */
export interface CardProps {
  readonly path: FaultsPath
  readonly fault: AnyFault
  /** In the order in which they are tried, from 1. */
  readonly position: number
  readonly count: number
  readonly words: string
  /** What it matches, member by member. */
  readonly matches: ReadonlyArray<readonly [member: string, value: string]>
}

/** A fault: in words, with what it matches, how often it has happened, a switch and its buttons. */
export function FaultCard (card: CardProps): JSX.Element {
  const { path, fault, words, matches } = card
  const { enabled, seed, probability } = fault
  const isLive = isOn(fault)
  const toggle = (): void => { inBackground(switchFaults(path, [fault], { enabled: !enabled, text: `Switched ${enabled ? 'off' : 'on'}: ${words}` })) }
  return (
    <li class={`card weather-fault ${isLive ? 'on' : 'off'}`} aria-label={words}>
      <label class='weather-switch' title={enabled ? 'Switch it off: it is not deleted' : 'Switch it on'}>
        <input type='checkbox' role='switch' checked={enabled} onChange={toggle} aria-label={`On: ${words}`} />
        <span aria-hidden='true'>{enabled ? 'on' : 'off'}</span>
      </label>
      <div class='weather-fault-text'>
        <h3>{words}</h3>
        <dl class='weather-facts'>
          {matches.map(([member, value]) => <div key={member}><dt>{member}</dt><dd class='mono'>{value}</dd></div>)}
          {probability < 1 && <div><dt>seed</dt><dd class='mono'>{seed}</dd></div>}
        </dl>
        <p class='weather-counter'>{describeCounter(fault)}{enabled && !isLive && <b> · used up</b>}{!enabled && <b> · switched off</b>}</p>
      </div>
      <CardButtons {...card} />
    </li>
  )
}

function CardButtons ({ path, fault, position, count, words }: CardProps): JSX.Element {
  const move = (to: number): void => { inBackground(changeFault(path, fault, { change: { position: to }, text: `Moved: ${words}` })) }
  const countAnew = (): void => { inBackground(changeFault(path, fault, { change: { happened: 0 }, text: `Counts from 0: ${words}` })) }
  const isOfRequests = path === '/_emulator/faults'
  return (
    <div class='weather-fault-buttons'>
      {count > 1 && <Button kind='quiet' title={`Try it earlier: ${words}`} disabled={position === 1} onClick={() => { move(position - 1) }}><span aria-hidden='true'>↑</span></Button>}
      {count > 1 && <Button kind='quiet' title={`Try it later: ${words}`} disabled={position === count} onClick={() => { move(position + 1) }}><span aria-hidden='true'>↓</span></Button>}
      {fault.happened > 0 && <Button kind='quiet' onClick={countAnew} title='Let it happen as often as at first'>Count from 0</Button>}
      <Button onClick={() => { setQuery({ [isOfRequests ? 'edit' : 'editRta']: String(fault.id) }) }}>Edit</Button>
      <Button kind='danger' onClick={() => { inBackground(deleteFault(path, fault, `Deleted: ${words}`)) }}>Delete</Button>
    </div>
  )
}
