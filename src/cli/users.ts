import { randomInt } from 'node:crypto'
import { Option, type Command } from 'commander'
import { PRIVACY_SETTINGS } from '../model/user.ts'
import { askEmulator, naming } from './control-client.ts'
import { addTitleOptions, findServiceConfig, partOfUser, pathOfUser, type TitleFlags } from './control-paths.ts'
import { addDefault } from './help.ts'
import { addRunning, readInteger, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { JSON_OPTION } from './table.ts'
import type { UnlockWaitFlags } from './users-wait.ts'
import { readSeconds } from './wait.ts'

const PRIVACY = PRIVACY_SETTINGS.join('|')
/** The XUIDs of the live service are this and a number of 32 bits. */
const FIRST_XUID = 0x0009_0000_0000_0000n

/** Adds the command `users`. */
export function addUsers (program: Command, process: CommandProcess): void {
  const users = program.command('users')
    .description('List, show, add, change and delete users.')
    .addHelpText('after', `
A user is named by gamertag or XUID; one whose gamertag is the name of a command
below takes users show. Unlocking is a command of its own.

Example: all of them, one with what is unlocked, and a new one
  xbl-achievements users
  xbl-achievements users gamer
  xbl-achievements users add newcomer --privacy friendsOnly`)
  addUsersShow(users, process)
  addUsersAdd(users, process)
  addChanges(users, process)
  addClear(users, process)
  addUnlockWait(users, process)
}

function addUsersShow (users: Command, process: CommandProcess): void {
  addRunning(addDefault(users, 'show')
    .description('List the users, or show one; so does users alone.')
    .argument('[user]', 'gamertag or XUID; without it all users')
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
A line has gamertag, XUID, gamerscore and privacy.

Example: what a user has unlocked
  xbl-achievements users show gamer`)
    .action(async (user: string | undefined, { json, ...running }: RunningEmulator & { json?: true }) => {
      const { listUsers, showUser } = await import('./users-show.ts')
      await (user === undefined ? listUsers(running, { json, process }) : showUser(running, { user, json, process }))
    })
}

function addUsersAdd (users: Command, process: CommandProcess): void {
  addRunning(users.command('add')
    .description('Add a user, and tell the XUID.')
    .argument('<gamertag>', 'that no other user has')
    .option('--xuid <xuid>', 'without it a fresh one; a user who has it already is changed')
    .addOption(new Option(`--privacy <${PRIVACY}>`, 'who may see the achievements; without it everyone')), process)
    .addHelpText('after', `
Example: a token for a new user
  xbl-achievements token --xuid "$(xbl-achievements users add newcomer)"`)
    .action(async (gamertag: string, { xuid = String(FIRST_XUID + BigInt(randomInt(2 ** 32))), privacy, ...running }: RunningEmulator & { xuid?: string, privacy?: string }) => {
      await askEmulator(running, { method: 'PUT', path: pathOfUser(xuid, '--xuid'), body: { gamertag, privacy } }).catch(naming({ gamertag: '<gamertag>', privacy: '--privacy' }))
      await print(process, `${xuid}\n`)
    })
}

function addChanges (users: Command, process: CommandProcess): void {
  addRunning(users.command('delete').description('Delete a user with progress, friendships and tokens.').argument('<user>', 'gamertag or XUID'), process)
    .addHelpText('after', `
Example:
  xbl-achievements users delete stranger`)
    .action(async (user: string, running: RunningEmulator) => { await askEmulator(running, { method: 'DELETE', path: pathOfUser(user) }) })

  addRunning(users.command('privacy').description('Set who may see the achievements of a user.').argument('<user>', 'gamertag or XUID').argument(`<${PRIVACY}>`, 'who'), process)
    .addHelpText('after', `
Example:
  xbl-achievements users privacy gamer blocked`)
    .action(async (user: string, privacy: string, running: RunningEmulator) => {
      await askEmulator(running, { method: 'PUT', path: `${pathOfUser(user)}/privacy`, body: { privacy } }).catch(naming({ privacy: '<privacy>' }))
    })

  for (const [name, method, description] of [['add-friend', 'PUT', 'Add a friend to those of a user.'], ['remove-friend', 'DELETE', 'Take a friend away from a user.']] as const) {
    addRunning(users.command(name).description(description).argument('<user>', 'gamertag or XUID').argument('<friend>', 'gamertag or XUID'), process)
      .addHelpText('after', `
The friend's own list does not change.

Example:
  xbl-achievements users ${name} gamer ${method === 'PUT' ? 'stranger' : 'friend'}`)
      .action(async (user: string, friend: string, running: RunningEmulator) => {
        await askEmulator(running, { method, path: `${pathOfUser(user)}/friends/${partOfUser(friend, '<friend>')}` })
      })
  }
}

function addClear (users: Command, process: CommandProcess): void {
  addRunning(addTitleOptions(users.command('clear')
    .description('Take away all that a user has done, or that in one title.')
    .argument('<user>', 'gamertag or XUID'), 'without it in all titles'), process)
    .addHelpText('after', `
It is what title developers know as the reset of player data.

Example: of a title of the demo world
  xbl-achievements users clear gamer --title-id 3051199919`)
    .action(async (user: string, flags: RunningEmulator & TitleFlags) => {
      const path = `${pathOfUser(user)}/achievements`
      const isOne = flags.titleId !== undefined || flags.scid !== undefined
      await askEmulator(flags, { method: 'DELETE', path: isOne ? `${path}/${await findServiceConfig(flags)}` : path })
    })
}

function addUnlockWait (users: Command, process: CommandProcess): void {
  addRunning(addTitleOptions(users.command('wait')
    .description('Wait until a user has unlocked an achievement.')
    .argument('<user>', 'gamertag or XUID')
    .argument('<id>', 'the id of the achievement', readInteger), 'needed when the world has several service configurations')
    .option('--timeout <seconds>', 'how long to wait at most', readSeconds, 10)
    .option(...JSON_OPTION), process)
    .addHelpText('after', `
It ends with 0 as soon as it is unlocked, whoever does that, and at once when it is
already; with 1 when it is not in time.

Example: the game under test unlocks it within a minute
  xbl-achievements users wait gamer 11 --title-id 1660944384 --timeout 60`)
    .action(async (user: string, id: number | string, flags: UnlockWaitFlags) => {
      const { waitForUnlock } = await import('./users-wait.ts')
      await waitForUnlock({ user, id, flags }, process)
    })
}
