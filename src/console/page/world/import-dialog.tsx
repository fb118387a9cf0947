import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import type { DifferenceCounts } from '../../../model/difference.ts'
import type { ImportResult } from '../../../control/import.ts'
import { importLine, needsTitle, readTitleId } from '../../text/chosen-files.ts'
import { wordCounts } from '../../text/difference-words.ts'
import { showNumber } from '../../text/shown-values.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Notice } from '../parts/notice.tsx'
import { inBackground } from '../undo.ts'
import type { ReadChoice } from './entries.ts'
import { ForeseenList } from './foreseen-list.tsx'
import { canPutBack, doPuttingBack } from './put-back.ts'
import { TitleForm, type TitleEntries } from './title-form.tsx'

type Mode = 'merge' | 'replace'

/** Shows what files would change, before it is done. */
export function ImportDialog ({ about, choice, onClose }: { about: About, choice: ReadChoice, onClose: () => void }): JSX.Element {
  const [mode, setMode] = useState<Mode>('merge')
  const [title, setTitle] = useState<TitleEntries>({ titleId: '', serviceConfigId: '', name: '', sandbox: '', user: '' })
  const [result, setResult] = useState<ImportResult | null>(null)
  const [busy, setBusy] = useState(0)
  const isBusy = busy > 0
  const lastLook = useRef(0)
  const names = choice.files.map(({ name }) => name)
  const isTitleNeeded = needsTitle(names)
  const send = async (dryRun: boolean): Promise<ImportResult> => await act<ImportResult>('POST', '/_emulator/world/import', {
    files: choice.files, mode, ...isTitleNeeded && { title: saidTitle(title) }, ...dryRun && { dryRun }
  }, importLine(window.location.origin, names, { mode, dryRun }))
  const during = (work: Promise<unknown>): void => {
    setBusy((count) => count + 1)
    inBackground(work.finally(() => { setBusy((count) => count - 1) }))
  }
  /** Nothing is foreseen from now on; what a look at something else has found is no answer any more. */
  const forget = (): number => {
    setResult(null)
    return ++lastLook.current
  }
  const look = (): void => {
    const mine = forget()
    during(send(true).then((found) => { if (mine === lastLook.current) setResult(found) }))
  }
  const bring = async (): Promise<void> => {
    await doPuttingBack(about, async () => {
      await send(false)
      return mode === 'merge' ? `Merged ${wordNames(names)}` : `The world is now ${wordNames(names)}`
    })
    onClose()
  }
  useEffect(() => {
    forget()
    if (choice.problems.length === 0 && (!isTitleNeeded || title.titleId !== '')) look()
  }, [choice, mode])
  const problems = choice.problems.length > 0 ? choice.problems : result?.problems ?? []
  const changes = problems.length === 0 ? result?.changes ?? null : null
  return (
    <Dialog
      title={`Import ${wordNames(names)}`} onClose={onClose} wide
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {isTitleNeeded && <Button disabled={isBusy} onClick={look}>Preview</Button>}
          <Button kind={mode === 'merge' ? 'primary' : 'danger'} disabled={isBusy || changes === null} onClick={() => { during(bring()) }}>{mode === 'merge' ? 'Merge' : 'Replace the world'}</Button>
        </>
      }
    >
      <ModeChoice mode={mode} setMode={setMode} />
      {isTitleNeeded && <TitleForm entries={title} change={(entries) => { setTitle(entries); forget() }} />}
      {isBusy && <Notice kind='loading'>Looking at {showNumber(choice.files.length)} {choice.files.length === 1 ? 'file' : 'files'} …</Notice>}
      <Problems lines={problems} />
      <Asides result={result} passedOver={choice.passedOver} />
      {changes !== null && <ForeseenList changes={changes} />}
      {changes !== null && mode === 'replace' && <ReplaceWarning counts={changes.counts} isUndoable={canPutBack(about)} />}
    </Dialog>
  )
}

const wordNames = (names: readonly string[]): string => names.length === 0 ? 'files' : names.length === 1 ? names[0] as string : `${showNumber(names.length)} files`

/** What a title.json would say. What is left empty is left out. */
function saidTitle ({ titleId, serviceConfigId, name, sandbox, user }: TitleEntries): object {
  return {
    titleId: readTitleId(titleId),
    serviceConfigId: serviceConfigId.trim(),
    name: name.trim() === '' ? `Title ${titleId.trim()}` : name,
    ...sandbox.trim() !== '' && { sandboxes: [sandbox.trim()] },
    ...user.trim() !== '' && { user: user.trim() }
  }
}

function ModeChoice ({ mode, setMode }: { mode: Mode, setMode: (mode: Mode) => void }): JSX.Element {
  const choice = (value: Mode, words: string, hint: string): JSX.Element => (
    <label class='world-mode'>
      <input type='radio' name='mode' value={value} checked={mode === value} onChange={() => { setMode(value) }} autofocus={mode === value} />
      <strong>{words}</strong> <span class='soft'>{hint}</span>
    </label>
  )
  return (
    <fieldset>
      <legend>What becomes of the world</legend>
      {choice('merge', 'Merge', 'what is there gets the members that are given, the rest is added; a reset goes back to before')}
      {choice('replace', 'Replace', 'another world in the place of this one; a reset goes back to the new one')}
    </fieldset>
  )
}

function Problems ({ lines }: { lines: readonly string[] }): JSX.Element | null {
  if (lines.length === 0) return null
  return (
    <section class='world-problems' role='alert' aria-label='Problems'>
      <p><strong>{lines.length === 1 ? 'It cannot be done:' : `It cannot be done, for ${showNumber(lines.length)} reasons:`}</strong></p>
      <ol tabIndex={0}>{lines.map((line, index) => <li key={index}><code dir='ltr'>{line}</code></li>)}</ol>
    </section>
  )
}

function Asides ({ result, passedOver }: { result: ImportResult | null, passedOver: number }): JSX.Element {
  const warnings = result?.warnings ?? []
  const ignored = result?.ignored ?? []
  const others = passedOver + ignored.length
  return (
    <>
      {warnings.length > 0 && <details class='world-warnings' open><summary>{showNumber(warnings.length)} {warnings.length === 1 ? 'warning' : 'warnings'} of Partner Center</summary><ul>{warnings.map((line, index) => <li key={index}><code dir='ltr'>{line}</code></li>)}</ul></details>}
      {others > 0 && <p class='soft'>{showNumber(others)} {others === 1 ? 'file is' : 'files are'} passed over{ignored.length > 0 ? `: ${ignored.slice(0, 5).join(', ')}${ignored.length > 5 ? ', …' : ''}` : ''}.</p>}
    </>
  )
}

function ReplaceWarning ({ counts, isUndoable }: { counts: DifferenceCounts, isUndoable: boolean }): JSX.Element {
  const lost = wordCounts(counts, showNumber).filter((words) => words.endsWith('removed'))
  return (
    <Notice kind='warning'>
      {lost.length === 0 ? 'Nothing is removed.' : `Lost: ${lost.join(', ')}.`} {isUndoable ? 'It can be undone (z), as long as this tab is open.' : 'It cannot be undone, as the world is too large to be kept here; export it first.'}
    </Notice>
  )
}
