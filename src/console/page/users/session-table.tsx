import type { JSX } from 'preact'
import type { Profile } from '../../../model/user.ts'
import { describeClaims, hasEnded, type ListedSession } from '../../text/session-claims.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { Instant } from '../parts/instant.tsx'
import { PagesNotice } from '../parts/notice.tsx'
import { didUndoable, inBackground } from '../undo.ts'
import { usePages } from '../use-pages.ts'
import { useEmulatorInstant } from '../weather/weather-state.ts'

/** The tokens of a user with what they claim; each can be copied and ended. */
export function SessionTable ({ user }: { user: Profile }): JSX.Element {
  const pages = usePages<ListedSession>(`/_emulator/sessions?xuid=${user.xuid}`, { concerns: (event) => event.kind === 'session' || event.kind === 'user' })
  const now = useEmulatorInstant()
  const { items, hasMore, more } = pages
  return (
    <>
      <PagesNotice pages={pages} empty={`${user.gamertag} has no token.`} />
      {items.length > 0 && (
        <ul class='users-sessions' aria-label={`Tokens of ${user.gamertag}`}>
          {items.map((session) => <SessionEntry key={session.authorization} session={session} now={now} />)}
        </ul>
      )}
      {hasMore && <Button onClick={more}>More</Button>}
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
