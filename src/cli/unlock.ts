import { Option, type Command } from 'commander'
import { printable } from '../base/shown-text.ts'
import { askEmulator, naming } from './control-client.ts'
import { addTitleOptions, findServiceConfig, pathPart, pathOfUser, type TitleFlags } from './control-paths.ts'
import { addRunning, readInteger, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { stateOf } from './progress-state.ts'
import { jsonLine, JSON_OPTION } from './table.ts'

interface UnlockFlags extends RunningEmulator, TitleFlags {
  readonly percent?: number | string
  readonly time?: string
  readonly sandbox?: string
  readonly revoked?: true
  readonly lock?: true
  readonly json?: true
}

/** The flag of each member of the body. */
const UNLOCK_FLAGS = { percentComplete: '--percent', timeUnlocked: '--time', sandbox: '--sandbox' }

/** Adds the command `unlock`. */
export function addUnlock (program: Command, process: CommandProcess): void {
  addRunning(addTitleOptions(program.command('unlock')
    .description('Unlock achievements of a user, or lock them again.')
    .argument('<user>', 'gamertag or XUID')
    .argument('<id...>', 'the ids of the achievements'), 'needed when the world has several service configurations')
    .option('--percent <number>', 'how far the user is, in percent; without it 100, which unlocks', readInteger)
    .option('--time <instant>', 'when it was unlocked, e.g. 2030-01-01T00:00:00Z; without it now')
    .option('--sandbox <id>', 'where; without it in every sandbox in which the title is published')
    .option('--revoked', 'enforcement has taken it away')
    .addOption(new Option('--lock', 'lock it, as --percent 0 does').conflicts(['percent', 'time', 'revoked']))
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
Rules of the title and time windows do not matter here. One achievement is set after
the other; with the first that cannot be set it ends.

Example: two achievements of a user of the demo world
  xbl-achievements unlock friend 1 3 --title-id 3051199919

Example: half way, and locked again
  xbl-achievements unlock friend 1 --title-id 3051199919 --percent 50
  xbl-achievements unlock friend 1 --title-id 3051199919 --lock`)
    .action(async (user: string, ids: readonly string[], flags: UnlockFlags) => unlock({ user, ids, flags }, process))
}

async function unlock ({ user, ids, flags }: { user: string, ids: readonly string[], flags: UnlockFlags }, process: CommandProcess): Promise<void> {
  const { lock, percent, time, sandbox, revoked, json } = flags
  const achievements = `${pathOfUser(user)}/achievements/${await findServiceConfig(flags)}`
  const body = { percentComplete: lock ? 0 : percent, timeUnlocked: time, sandbox, isRevoked: revoked }
  for (const id of ids) {
    const path = `${achievements}/${pathPart(id, '<id>', 'the id of an achievement')}`
    const answer = await askEmulator(flags, { method: 'PUT', path, body, member: 'percentComplete' }).catch(naming(UNLOCK_FLAGS))
    await print(process, json ? jsonLine(answer) : `${printable(`${id}  ${stateOf(JSON.parse(answer))}`)}\n`)
  }
}
