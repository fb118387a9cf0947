import { render } from 'preact'
import { Frame } from './frame.tsx'
import { listenToKeys } from './keys.ts'
import { follow } from './live.ts'
import './styles/base.css'

listenToKeys()
follow().catch((error) => { throw error })
render(<Frame />, document.body)
