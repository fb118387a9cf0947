import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Copy } from '../parts/copy.tsx'
import { Count } from '../parts/count.tsx'
import { saveAnswer } from '../save-file.ts'
import { inBackground } from '../undo.ts'
import { askForFiles } from './drop-files.tsx'
import { GenerateDialog } from './generate-dialog.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { WorldFact } from './world-facts.tsx'

/** What is served, from where and how, and what is done with the world as a whole. */
export function Overview ({ about }: { about: About }): JSX.Element {
  return (
    <>
      <WorldActions about={about} />
      <div class='world-cards'>
        <WorldCard about={about} />
        <AddressCard about={about} />
        <OptionCard about={about} />
      </div>
    </>
  )
}

function WorldActions ({ about }: { about: About }): JSX.Element {
  const [open, setOpen] = useState<'reset' | 'generate' | null>(null)
  return (
    <div class='toolbar' role='toolbar' aria-label='The world as a whole'>
      <Button kind='primary' title='Bring files into the world: merge or replace' shortcut='i' onClick={() => { askForFiles('files') }}>Import files …</Button>
      <Button title='Bring a folder into the world' onClick={() => { askForFiles('folder') }}>Import a folder …</Button>
      <Button title='Save the world as a file' shortcut='x' onClick={() => { inBackground(saveAnswer('/_emulator/world', 'world.json')) }}>Export</Button>
      <Button title='Add users, with what they have done' onClick={() => { setOpen('generate') }}>Generate users …</Button>
      <Button kind='danger' title='Go back to the start' onClick={() => { setOpen('reset') }}>Reset …</Button>
      <span class='soft'>or drop files, or a folder, anywhere here</span>
      {open === 'reset' && <ResetDialog about={about} onClose={() => { setOpen(null) }} />}
      {open === 'generate' && <GenerateDialog about={about} onClose={() => { setOpen(null) }} />}
    </div>
  )
}

function WorldFacts ({ children }: { children: ComponentChildren }): JSX.Element {
  return <dl class='world-facts'>{children}</dl>
}

function WorldCard ({ about: { source, isMerged, world, sandboxes } }: { about: About }): JSX.Element {
  return (
    <section class='card' aria-labelledby='world-card'>
      <h2 id='world-card'>The world</h2>
      <WorldFacts>
        <WorldFact name='Source'><Code text={source} />{isMerged && <span class='soft'> and what was merged into it</span>}</WorldFact>
        <WorldFact name='Titles'><a href='#/world/titles'><Count value={world.titles} /></a></WorldFact>
        <WorldFact name='Achievements'><Count value={world.achievements} /></WorldFact>
        <WorldFact name='Users'><a href='#/users'><Count value={world.users} /></a></WorldFact>
        <WorldFact name='Tokens'><Count value={world.sessions} /></WorldFact>
        <WorldFact name='Sandboxes'>
          {sandboxes.length === 0 ? <span class='soft'>none: nothing is published</span> : <ul class='world-sandboxes'>{sandboxes.map(({ sandbox, titles }) => <li key={sandbox}><Code text={sandbox} /> <span class='soft'><Count value={titles} unit={titles === 1 ? 'title' : 'titles'} /></span></li>)}</ul>}
        </WorldFact>
      </WorldFacts>
    </section>
  )
}

function AddressCard ({ about: { version, dialect, addresses, ca, hosts } }: { about: About }): JSX.Element {
  return (
    <section class='card' aria-labelledby='address-card'>
      <h2 id='address-card'>Where and how</h2>
      <WorldFacts>
        <WorldFact name='Version'>{version}</WorldFact>
        <WorldFact name='Dialect'><Code text={dialect} /></WorldFact>
        <WorldFact name='This page'><Code text={window.location.origin} /> <Copy text={window.location.origin} title='Copy the address' /></WorldFact>
        <WorldFact name='HTTP'>{addresses.http === null ? '–' : <Code text={addresses.http} />}</WorldFact>
        <WorldFact name='HTTPS'>{addresses.https === null ? <span class='soft'>not served; start with <code>--tls</code></span> : <Code text={addresses.https} />}</WorldFact>
        <WorldFact name='Certificate'>
          {ca === null ? <span class='soft'>none without HTTPS</span> : <><Code text={ca} /> <Button title='Save the certificate that clients have to trust' onClick={() => { inBackground(saveAnswer('/_emulator/ca.pem', 'xbl-achievements-ca.pem')) }}>Download PEM</Button> <a href='#/world/clients'>how to trust it</a></>}
        </WorldFact>
        <WorldFact name='Hosts'><details><summary><Count value={hosts.length} /> of Xbox Live are answered for</summary><ul>{hosts.map((host) => <li key={host}><Code text={host} /></li>)}</ul></details></WorldFact>
      </WorldFacts>
    </section>
  )
}

/** What options are called on the page. */
const OPTION_NAMES: Readonly<Record<keyof About['options'], string>> = {
  crossUser: 'Who may read others',
  rateLimit: 'Rate limit',
  unknownTokens: 'Unknown tokens are of',
  signIn: 'Sign-in',
  signInAs: 'Signs in unasked',
  verifySignatures: 'Signatures checked',
  igdb: 'IGDB view',
  neighbours: 'Neighbours',
  rta: 'Real-time activity',
  journal: 'Journal keeps',
  journalAnswers: 'Answers in the journal',
  requestTimeout: 'Request timeout',
  database: 'Database',
  watch: 'World files watched',
  exportOnExit: 'Export on exit'
}

/** What a number counts. */
const OPTION_UNITS: Partial<Readonly<Record<keyof About['options'], string>>> = { journal: 'requests', requestTimeout: 'ms' }

function OptionCard ({ about: { options, needsKey } }: { about: About }): JSX.Element {
  const shown = (value: string | number | boolean | null, unit: string | undefined): JSX.Element =>
    value === null ? <span class='soft'>none</span> : typeof value === 'boolean' ? <>{value ? 'yes' : 'no'}</> : typeof value === 'number' ? <Count value={value} unit={unit} /> : <Code text={value} />
  return (
    <section class='card' aria-labelledby='option-card'>
      <h2 id='option-card'>Options at the start</h2>
      <WorldFacts>
        {(Object.entries(options) as Array<[keyof About['options'], string | number | boolean | null]>).map(([name, value]) => <WorldFact key={name} name={OPTION_NAMES[name]}>{shown(value, OPTION_UNITS[name])}</WorldFact>)}
        <WorldFact name='Control key'>{needsKey ? 'demanded' : 'none'}</WorldFact>
      </WorldFacts>
    </section>
  )
}
