import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import type { ImportResult } from '../../../control/import.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { inBackground } from '../undo.ts'
import { ForeseenList } from './foreseen-list.tsx'
import { doPuttingBack } from './put-back.ts'

/** Adds users with progress, once it has been shown what that changes. */
export function GenerateDialog ({ about, onClose }: { about: About, onClose: () => void }): JSX.Element {
  const [size, setSize] = useState({ users: 100, seed: 1 })
  const [preview, setPreview] = useState<ImportResult | null>(null)
  const [isBusy, setBusy] = useState(false)
  const lastSize = useRef(size)
  lastSize.current = size
  const during = (work: Promise<unknown>): void => {
    setBusy(true)
    inBackground(work.finally(() => { setBusy(false) }))
  }
  const look = async (): Promise<void> => {
    const found = await act<ImportResult>('POST', '/_emulator/world/generate', { ...size, dryRun: true })
    // What was found for another size is no answer any more.
    if (lastSize.current === size) setPreview(found)
  }
  const generate = async (): Promise<void> => {
    await doPuttingBack(about, async () => {
      await act('POST', '/_emulator/world/generate', size)
      return `Generated ${size.users} users`
    })
    onClose()
  }
  const change = (member: 'users' | 'seed') => (event: Event): void => {
    setPreview(null)
    setSize({ ...size, [member]: (event.currentTarget as HTMLInputElement).valueAsNumber })
  }
  const isValid = Number.isInteger(size.users) && size.users >= 1 && size.users <= 10_000 && Number.isInteger(size.seed) && size.seed >= 0 && size.seed <= 4_294_967_295
  return (
    <Dialog
      title='Generate users' onClose={onClose} wide
      actions={<><Button onClick={onClose}>Cancel</Button><Button disabled={!isValid || isBusy} onClick={() => { during(look()) }}>Preview</Button><Button kind='primary' disabled={!isValid || isBusy} onClick={() => { during(generate()) }}>Generate</Button></>}
    >
      <p>Users who have played the titles of this world, each with a token: user 17, counted from 0, is <code>2533274800000017</code> with <code>XBL3.0 x=load;token-17</code>. The same seed gives the same progress.</p>
      <div class='world-fields'>
        <Field label='How many' hint='1 to 10 000; xbl-achievements world generate makes more'><input type='number' min={1} max={10_000} value={size.users} onInput={change('users')} autofocus /></Field>
        <Field label='Seed' hint='another progress for each'><input type='number' min={0} max={4_294_967_295} value={size.seed} onInput={change('seed')} /></Field>
      </div>
      {preview?.changes !== undefined && preview.changes !== null && <ForeseenList changes={preview.changes} />}
    </Dialog>
  )
}
