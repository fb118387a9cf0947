import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import type { DifferenceList } from '../../../control/difference-routes.ts'
import { totalOf, wordLosses } from '../../text/difference-words.ts'
import { showNumber } from '../../text/shown-values.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { say } from '../toasts.ts'
import { inBackground } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { canPutBack, doPuttingBack, isSlowToCompare } from './put-back.ts'

const isChange = ({ kind }: { kind: string }): boolean => kind === 'user' || kind === 'session' || kind === 'progress'

/** Asks before the world goes back to its start, and says what that takes back. */
export function ResetDialog ({ about, onClose }: { about: About, onClose: () => void }): JSX.Element {
  const [everything, setEverything] = useState(false)
  const reset = async (): Promise<void> => {
    onClose()
    const path = `/_emulator/reset${everything ? '?everything=true' : ''}`
    if (everything) {
      await act('POST', path)
      say({ kind: 'good', text: 'Everything is as at the start' })
    } else {
      await doPuttingBack(about, async () => {
        await act('POST', path)
        return 'The world is as at the start'
      })
    }
  }
  return (
    <Dialog
      title='Back to the start?' onClose={onClose}
      actions={<><Button onClick={onClose}>Cancel</Button><Button kind='danger' onClick={() => { inBackground(reset()) }}>{everything ? 'Reset everything' : 'Reset the world'}</Button></>}
    >
      {isSlowToCompare(about)
        ? <p>What was changed since the start is lost. What that is, Differences compares.</p>
        : <Losses />}
      <label>
        <input type='checkbox' checked={everything} onChange={(event) => { setEverything(event.currentTarget.checked) }} />
        Everything else, too: the clock, faults, the journal, rate limits, tokens and device codes of sign-ins
      </label>
      {everything || !canPutBack(about)
        ? <Notice kind='warning'>This cannot be undone{everything ? '' : ', as the world is too large to be kept here; export it first'}.</Notice>
        : <p class='soft'>It can be undone (z), as long as this tab is open.</p>}
    </Dialog>
  )
}

function Losses (): JSX.Element {
  const differences = useRead<DifferenceList>('/_emulator/world/differences?limit=1', isChange)
  if (differences.value === undefined) return <ReadingNotice reading={differences} /> as JSX.Element
  const { counts } = differences.value
  if (totalOf(counts) === 0) return <p>The world is as it was at the start: nothing is lost.</p>
  return <ul class='world-losses'>{wordLosses(counts, showNumber).map((line) => <li key={line}>{line}</li>)}</ul>
}
