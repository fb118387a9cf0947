import type { JSX } from 'preact'
import { describeFault, describeRealTimeFault } from '../../text/fault-words.ts'
import { gamertagOf } from '../gamertags.ts'
import { setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { FaultCard } from './fault-card.tsx'
import { weather } from './weather-state.ts'

const nameUser = (xuid: string): string => gamertagOf(xuid) ?? xuid

/** The faults of requests, as cards. */
export function FaultsSection (): JSX.Element {
  const { faults: read, error, reload } = weather.value
  const faults = read ?? []
  return (
    <section id='faults' aria-labelledby='faults-heading'>
      <header class='toolbar'>
        <h2 id='faults-heading'>Faults of requests</h2>
        <span class='push' /><Button kind='primary' title='New fault (f)' onClick={() => { setQuery({ new: '{}' }) }}>New fault</Button>
      </header>
      <ReadingNotice reading={{ value: read, error, reload }} />
      {error === undefined && read?.length === 0 && <Notice kind='empty'>Nothing goes wrong. A fault lets requests fail, be slow or get lost: press f.</Notice>}
      <ul class='weather-cards' aria-label='Faults of requests'>
        {faults.map((fault, index) => (
          <FaultCard
            key={fault.id} path='/_emulator/faults' fault={fault} position={index + 1} count={faults.length} words={describeFault(fault, nameUser)}
            matches={[['method', fault.method], ['path', fault.path], ['caller', fault.xuid], ['title', fault.titleId]].flatMap(([member, value]) => value === null ? [] : [[String(member), String(value)] as const])}
          />
        ))}
      </ul>
      {faults.length > 1 && <p class='soft'>The first one that matches a request happens.</p>}
    </section>
  )
}

/** The faults of real-time activity, as cards. Nothing where there is none. */
export function RealTimeFaultsSection (): JSX.Element | null {
  const { realTimeFaults: faults } = weather.value
  if (faults === undefined) return null
  return (
    <section id='rta-faults' aria-labelledby='rta-faults-heading'>
      <header class='toolbar'>
        <h2 id='rta-faults-heading'>Faults of real-time activity</h2>
        <span class='push' /><Button onClick={() => { setQuery({ newRta: '{}' }) }}>New RTA fault</Button>
      </header>
      {faults.length === 0 && <Notice kind='empty'>Subscriptions are accepted, and events come at once.</Notice>}
      <ul class='weather-cards' aria-label='Faults of real-time activity'>
        {faults.map((fault, index) => (
          <FaultCard
            key={fault.id} path='/_emulator/rta/faults' fault={fault} position={index + 1} count={faults.length} words={describeRealTimeFault(fault, nameUser)}
            matches={[['caller', fault.xuid], ['resource', fault.resource]].flatMap(([member, value]) => value === null || value === undefined ? [] : [[String(member), value] as const])}
          />
        ))}
      </ul>
    </section>
  )
}
