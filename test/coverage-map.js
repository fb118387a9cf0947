import { readdirSync } from 'node:fs'

/** What has to be covered whole: what is published, and not the tools beside it that tests run, too. */
const FILES = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`)

export default () => FILES
