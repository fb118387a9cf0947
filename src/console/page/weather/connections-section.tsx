import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ListedNotificationEndpoint } from '../../../control/real-time-routes.ts'
import type { RealTimeConnection } from '../../../http/real-time.ts'
import { act } from '../api.ts'
import type { LiveEvent } from '../live.ts'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Count } from '../parts/count.tsx'
import { Instant } from '../parts/instant.tsx'
import { Notice, PagesNotice } from '../parts/notice.tsx'
import { say } from '../toasts.ts'
import { inBackground } from '../undo.ts'
import { usePages } from '../use-pages.ts'
import { CloseDialog } from './close-dialog.tsx'

/** Whether connections or what they were sent may be others: frames are events of the stream, too. */
const isOfConnections = (event: LiveEvent): boolean => ['frame', 'subscription'].includes(event.kind) || (event.kind === 'request' && event.status === 101)

/** Whether there may be other endpoints: clients make and delete them by requests, and they go with their user. */
const isOfEndpoints = (event: LiveEvent): boolean => event.kind === 'user' || (event.kind === 'request' && /\/system\/notifications\/endpoints/i.test(event.path))

/** What is done to connections: one, or all of them (null). */
type Meant = RealTimeConnection | null

/** Connections of real-time activity, their subscriptions, and what may be done to them. */
export function ConnectionsSection (): JSX.Element {
  const pages = usePages<RealTimeConnection>('/_emulator/rta', { concerns: isOfConnections, member: 'connections' })
  const [closing, setClosing] = useState<{ readonly meant: Meant }>()
  const { items, error, first } = pages
  const counts = first?.['counts'] as { connections: number, subscriptions: number } | undefined
  return (
    <section id='connections' aria-labelledby='connections-heading'>
      <header class='toolbar'>
        <h2 id='connections-heading'>Real-time connections</h2>
        {counts !== undefined && <span class='soft'><Count value={counts.connections} /> open, <Count value={counts.subscriptions} unit={counts.subscriptions === 1 ? 'subscription' : 'subscriptions'} /></span>}
        <span class='push' />
        {items.length > 0 && <Button title='Tell all clients that they may have missed something' onClick={() => { resync(null) }}>Resync all</Button>}
        {items.length > 0 && <Button kind='danger' title='End all connections' onClick={() => { setClosing({ meant: null }) }}>Close all …</Button>}
      </header>
      {error?.message.includes('rta') === true ? <Notice kind='empty'>{error.message}</Notice> : <PagesNotice pages={pages} empty='No client is connected to rta.xboxlive.com.' />}
      <ul class='weather-cards' aria-label='Real-time connections'>{items.map((connection) => <ConnectionCard key={connection.id} connection={connection} onClose={() => { setClosing({ meant: connection }) }} />)}</ul>
      {pages.hasMore && <Button onClick={() => { pages.more() }}>More</Button>}
      {closing !== undefined && <CloseDialog connection={closing.meant} onClose={() => { setClosing(undefined) }} />}
    </section>
  )
}

function ConnectionCard ({ connection, onClose }: { connection: RealTimeConnection, onClose: () => void }): JSX.Element {
  const { id, xuid, gamertag, titleId, sandbox, opened, ends, hasProtocol, subscriptions } = connection
  return (
    <li class='card weather-connection' aria-label={`Connection ${id}`}>
      <div class='weather-connection-head'>
        <h3>#{id} {gamertag ?? 'nobody'}</h3>
        {xuid !== null && <Code text={xuid} />}
        <span class='push weather-connection-buttons'>
          <Button title={`Resync connection ${id}`} onClick={() => { resync(connection) }}>Resync</Button>
          <Button title={`Cut connection ${id}, as when a network fails`} onClick={() => { cut(connection) }}>Cut</Button>
          <Button kind='danger' title={`Close connection ${id} with a code`} onClick={onClose}>Close …</Button>
        </span>
        <span class='soft'>title <span class='mono'>{titleId ?? '–'}</span> · {sandbox ?? 'RETAIL'} · since <Instant time={opened} form='time' />, until <Instant time={ends} form='time' /> at the latest</span>
        {!hasProtocol && <b class='weather-over'>⚠ without the subprotocol: its subscriptions are refused</b>}
      </div>
      {subscriptions.length > 0 && <Subscriptions connection={connection} />}
    </li>
  )
}

function Subscriptions ({ connection: { id, subscriptions } }: { connection: RealTimeConnection }): JSX.Element {
  return (
    <details open={subscriptions.length <= 5}>
      <summary><Count value={subscriptions.length} /> {subscriptions.length === 1 ? 'subscription' : 'subscriptions'}</summary>
      <ul class='weather-subscriptions' aria-label={`Subscriptions of connection ${id}`}>
        {subscriptions.slice(0, 200).map(({ subId, resource, events }) => <li key={subId}><span class='soft mono'>{subId}</span> <Code text={resource} /> <span class='soft'><Count value={events} /> {events === 1 ? 'event' : 'events'}</span></li>)}
      </ul>
    </details>
  )
}

function resync (meant: Meant): void {
  inBackground(act<{ told: number }>('POST', '/_emulator/rta/resync', meant === null ? {} : { connection: meant.id }).then(({ told }) => {
    say({ kind: 'good', text: `Told ${told} of what they may have missed` })
  }))
}

function cut (connection: RealTimeConnection): void {
  inBackground(act('POST', '/_emulator/rta/close', { connection: connection.id, code: null }))
}

/** Where clients have notifications of unlocks sent. Nothing while nobody has. */
export function EndpointsSection (): JSX.Element | null {
  const { items, hasMore, more } = usePages<ListedNotificationEndpoint>('/_emulator/rta/endpoints', { concerns: isOfEndpoints, member: 'endpoints' })
  if (items.length === 0) return null
  return (
    <section id='endpoints' aria-labelledby='endpoints-heading'>
      <header class='toolbar'><h2 id='endpoints-heading'>Endpoints of notifications</h2></header>
      <ul class='weather-cards' aria-label='Endpoints of notifications'>
        {items.map(({ endpointId, xuid, titleId, endpointUri, transport, platform, locale, created }) => (
          <li key={endpointId} class='card weather-connection'>
            <div class='weather-connection-head'><Code text={xuid} /><span class='soft'>title <span class='mono'>{titleId}</span> · {transport} · {platform} · {locale} · since <Instant time={created} form='time' /></span></div>
            <Code text={endpointUri} />
          </li>
        ))}
      </ul>
      {hasMore && <Button onClick={more}>More</Button>}
    </section>
  )
}
