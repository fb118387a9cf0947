import { ownHeaders } from './control-key.ts'
import { Refused } from './api.ts'
import { say } from './toasts.ts'

/** Saves what the emulator answers as a file. A plain link would not send the control key. */
export async function saveAnswer (path: string, name: string): Promise<void> {
  const endSaying = say({ kind: 'info', text: `Fetching ${name} …` })
  try {
    const response = await fetch(path, { headers: ownHeaders() })
    if (!response.ok) throw new Refused(response.status, `The emulator has answered ${response.status}.`)
    saveBlob(await response.blob(), name)
  } catch (error) {
    say({ kind: 'bad', text: `${name} was not saved: ${(error as Error).message}` })
  } finally {
    endSaying()
  }
}

/** Saves something as a file, where the browser saves files. */
export function saveBlob (blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => { URL.revokeObjectURL(url) }, 60_000)
}
