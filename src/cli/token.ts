import type { Command } from 'commander'
import { askEmulator, naming } from './control-client.ts'
import { addTarget, readTitleId, type Target } from './options.ts'
import { print, type CommandProcess } from './output.ts'

interface TokenFlags extends Target {
  readonly xuid: string
  readonly titleId?: number | string
  readonly sandbox?: string
  readonly location?: string
  readonly site?: true
  readonly expires?: string
}

/** The flag of each claim. */
const TOKEN_FLAGS = { xuid: '--xuid', titleId: '--title-id', sandbox: '--sandbox', location: '--location', expires: '--expires' }

/** Adds the command `token`. */
export function addToken (program: Command, process: CommandProcess): void {
  addTarget(program.command('token')
    .description('Make a token for a user and print the value of its Authorization header.')
    .requiredOption('--xuid <xuid>', 'the user')
    .option('--title-id <number>', 'the title that calls; without it none', readTitleId)
    .option('--sandbox <id>', 'the sandbox of the title; without it RETAIL')
    .option('--location <country>', 'the country of the user\'s address, e.g. US')
    .option('--site', 'for a web site that acts for the user')
    .option('--expires <instant>', 'when it ends, e.g. 2030-01-01T00:00:00Z; without it never'), process)
    .addHelpText('after', `
The user and the title have to be in the world. With --database no emulator need
run; one that serves the file knows the token at once.

Example: ask for the achievements of a user of the demo world
  curl -H "Authorization: $(xbl-achievements token --xuid 2533274790412952)" -H 'x-xbl-contract-version: 2' 'http://127.0.0.1:5280/users/xuid(2533274790412952)/achievements'`)
    .action(async (flags: TokenFlags) => {
      await print(process, `${await createAuthorization(flags).catch(naming(TOKEN_FLAGS))}\n`)
    })
}

/** Returns the value of an Authorization header. */
async function createAuthorization ({ database, url, controlKey = '', site, ...claims }: TokenFlags): Promise<string> {
  const body = { ...claims, thirdPartySite: site === true }
  if (database !== undefined) {
    const { createSessionIn } = await import('./database.ts')
    return createSessionIn(database, body)
  }
  const answer = await askEmulator({ url, controlKey }, { method: 'POST', path: '/_emulator/sessions', body, member: 'authorization' })
  return JSON.parse(answer).authorization
}
