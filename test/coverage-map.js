import { readdirSync } from 'node:fs'

/** What has to be covered whole: what is published, and not the tools beside it that tests run, too. What a browser runs is tested in one: test/console/. */
const FILES = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts') && !name.startsWith('console/page/')).map((name) => `src/${name}`)

export default () => FILES
