import { render } from 'preact'
import './styles/base.css'
import './styles/parts.css'
import './styles/shell.css'
import { Frame } from './frame.tsx'
import { listenToKeys } from './keys.ts'
import { follow } from './live.ts'
import { watchPageVersion } from './page-version.ts'

// What was refused has been said, and nobody else waits for it.
window.addEventListener('unhandledrejection', (event) => { if ((event.reason as Error | undefined)?.name === 'Refused') event.preventDefault() })
listenToKeys()
watchPageVersion()
follow().catch((error) => { throw error })
const root = document.getElementById('console') as HTMLElement
root.replaceChildren()
render(<Frame />, root)
