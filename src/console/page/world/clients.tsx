import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import type { ListedTitle } from '../../../model/title.ts'
import type { ListedUser } from '../../../model/user.ts'
import { guideClients, type ClientGuide } from '../../text/client-lines.ts'
import { hasEnded, type ListedSession } from '../../text/session-claims.ts'
import { read } from '../api.ts'
import { authorizationFor } from '../credentials.ts'
import { place, setQuery } from '../navigation.ts'
import { Button } from '../parts/button.tsx'
import { Copy } from '../parts/copy.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { inBackground } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { useEmulatorInstant } from '../weather/weather-state.ts'

/** How clients are pointed at this emulator, with lines to copy. */
export function ClientsPage ({ about }: { about: About }): JSX.Element {
  const users = useRead<{ users: ListedUser[] }>('/_emulator/users?limit=100', ({ kind }) => kind === 'user')
  const titles = useRead<{ titles: ListedTitle[] }>('/_emulator/titles?limit=1', () => false)
  const sessions = useRead<{ sessions: ListedSession[] }>('/_emulator/sessions?limit=100', ({ kind }) => kind === 'session' || kind === 'user')
  const now = useEmulatorInstant()
  const session = sessions.value?.sessions.find((each) => each.xuid !== null && !hasEnded(each, now))
  const claimed = session?.titleId ?? null
  // As a page of the list, for a token may name a title that is not in this world.
  const claimedTitle = useRead<{ titles: ListedTitle[] }>(claimed === null ? null : `/_emulator/titles?limit=1&after=${Math.max(0, claimed - 1)}`, () => false)
  const pending = [users, titles, sessions].find(({ value }) => value === undefined)
  if (pending !== undefined) return <ReadingNotice reading={pending} /> as JSX.Element
  if (now === '') return <Notice kind='loading'>Loading …</Notice>
  const user = playerOf(users.value?.users ?? [], session)
  if (user === undefined) return <Notice kind='empty'>There is nobody to play as: <a href='#/users'>add a user</a>, or import a world.</Notice>
  const title = claimed === null ? titles.value?.titles[0] : claimedTitle.value?.titles.find(({ titleId }) => titleId === claimed)
  return <Guides about={about} user={user} title={title} session={session} />
}

/** Whose lines they are: whoever the token is of, else the first who can sign in. */
const playerOf = (users: readonly ListedUser[], session: ListedSession | undefined): ListedUser | undefined =>
  users.find(({ xuid }) => xuid === session?.xuid) ?? users.find(({ signInError }) => signInError === null) ?? users[0]

function Guides ({ about, user, title, session }: { about: About, user: ListedUser, title: ListedTitle | undefined, session: ListedSession | undefined }): JSX.Element {
  const [minted, setMinted] = useState<string | null>(null)
  const mint = async (): Promise<void> => {
    // The page may still show a title of the world that was there before.
    const { titles: [first] } = await read<{ titles: ListedTitle[] }>('/_emulator/titles?limit=1')
    setMinted(await authorizationFor({ xuid: user.xuid, titleId: first?.titleId ?? null, sandbox: first?.sandboxes[0] ?? null }))
  }
  const titleId = session === undefined ? title?.titleId ?? null : session.titleId
  const guides = guideClients({
    origin: window.location.origin,
    https: about.addresses.https,
    ca: about.ca,
    hosts: about.hosts,
    dialect: about.dialect,
    authorization: session?.authorization ?? minted,
    xuid: session?.xuid ?? user.xuid,
    gamertag: user.gamertag,
    titleId,
    contractVersion: titleId !== null && title?.generation === 'xbox360' ? 1 : 2,
    serviceConfigId: title?.serviceConfigId ?? null
  })
  const { client = 'curl' } = place.value.query
  const shown = guides.find(({ id }) => id === client) ?? guides[0] as ClientGuide
  return (
    <>
      <div class='toolbar world-chips' role='group' aria-label='Clients'>
        {guides.map((guide) => <Button key={guide.id} pressed={guide === shown} onClick={() => { setQuery({ client: guide.id }) }}>{guide.client}</Button>)}
      </div>
      {session === undefined && minted === null && <Notice kind='warning'>This world has no token yet. <Button onClick={() => { inBackground(mint()) }}>{`Make one for ${user.gamertag}`}</Button></Notice>}
      <Guide guide={shown} />
    </>
  )
}

function Guide ({ guide: { client, words, lines } }: { guide: ClientGuide }): JSX.Element {
  return (
    <section class='world-guide' aria-label={client}>
      <h2>{client}</h2>
      <p>{words}</p>
      {lines.map(({ label, text }) => (
        <figure key={label} class='card'>
          <figcaption><h3>{label}</h3><Copy text={text} title={`Copy: ${label}`} /></figcaption>
          <pre tabIndex={0} dir='ltr' translate={false}>{text}</pre>
        </figure>
      ))}
    </section>
  )
}
