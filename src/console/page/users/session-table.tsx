import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Profile } from '../../../model/user.ts'
import { describeClaims, hasEnded, type ListedSession } from '../../text/session-claims.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { Instant } from '../parts/instant.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { didUndoable } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { inBackground } from './changes.ts'

/** How many are shown at first, and more each time. */
const SHOWN = 100

/** The tokens of a user with what they claim; each can be copied and ended. */
export function SessionTable ({ user }: { user: Profile }): JSX.Element {
  const [limit, setLimit] = useState(SHOWN)
  const reading = useRead<{ sessions: ListedSession[], next: number | null }>(`/_emulator/sessions?xuid=${user.xuid}&limit=${Math.min(limit, 1000)}`, (event) => event.kind === 'session' || event.kind === 'user')
  const clock = useRead<{ now: string }>('/_emulator/clock', (event) => event.kind === 'clock')
  const { sessions = [], next = null } = reading.value ?? {}
  return (
    <>
      <ReadingNotice reading={reading} />
      {reading.value !== undefined && sessions.length === 0 && <Notice kind='empty'>{user.gamertag} has no token.</Notice>}
      {sessions.length > 0 && (
        <ul class='users-sessions' aria-label={`Tokens of ${user.gamertag}`}>
          {sessions.map((session) => <SessionEntry key={session.authorization} session={session} now={clock.value?.now ?? ''} />)}
        </ul>
      )}
      {next !== null && (limit < 1000 ? <Button onClick={() => { setLimit(limit * 2) }}>Show more</Button> : <small class='soft'>These are the first 1,000.</small>)}
    </>
  )
}

function SessionEntry ({ session, now }: { session: ListedSession, now: string }): JSX.Element {
  const claims = describeClaims(session)
  const isOver = hasEnded(session, now)
  return (
    <li class={isOver ? 'soft' : undefined}>
      <span>{claims}</span>
      <span class='soft'>{isOver ? '⊘ ended ' : session.expires === null ? 'never ends' : 'ends '}<Instant time={session.expires} none='' /></span>
      <Copy label='Copy' title={`Copy the Authorization value: ${claims}`} text={session.authorization} />
      <Button kind='quiet' title={`End the token: ${claims}`} onClick={() => { inBackground(endSession(session)) }}><span>End</span></Button>
    </li>
  )
}

async function endSession ({ authorization: _, ...session }: ListedSession): Promise<void> {
  await act('DELETE', `/_emulator/sessions/${encodeURIComponent(session.userHash)}/${encodeURIComponent(session.token)}`)
  didUndoable({ text: `Ended a token: ${describeClaims(session)}`, undo: async () => { await act('POST', '/_emulator/sessions', session) } })
}
