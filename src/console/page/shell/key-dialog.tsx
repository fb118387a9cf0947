import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { goOnWithoutKey, isKeyAsked, keepKey } from '../control-key.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'

/** Asks for the control key as long as the emulator does. */
export const KeyDialog = (): JSX.Element | null => isKeyAsked.value ? <AskedKey /> : null

function AskedKey (): JSX.Element {
  const [error, setError] = useState<string>()
  const [isTried, setTried] = useState(false)
  const tryKey = async (form: HTMLFormElement): Promise<void> => {
    const key = String(new FormData(form).get('key'))
    if (!/^[\x21-\x7e]+$/.test(key)) return setError(key === '' ? 'Type the key first.' : 'A key has visible ASCII characters alone.')
    setTried(true)
    try {
      if (!await keepKey(key)) setError('This is not the key of this emulator.')
    } catch {
      setError('The emulator does not answer. Try again.')
    }
    setTried(false)
  }
  return (
    <Dialog title='Control key' onClose={goOnWithoutKey}>
      <form class='key-form' onSubmit={(event) => { event.preventDefault(); tryKey(event.currentTarget).catch(() => {}) }}>
        <p>This emulator was started with a control key (<code>--control-key</code>). It is kept for this tab, until the tab is closed.</p>
        <Field label='Key' error={error}>
          <input name='key' type='password' autocomplete='off' autofocus spellcheck={false} aria-invalid={error !== undefined} onInput={() => { setError(undefined) }} />
        </Field>
        <div class='dialog-actions'>
          <Button onClick={goOnWithoutKey}>Not now</Button>
          <button type='submit' class='button primary' disabled={isTried}>Unlock</button>
        </div>
      </form>
    </Dialog>
  )
}
