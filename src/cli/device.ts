import type { Command } from 'commander'
import type { ListedDevice } from '../control/device-code-routes.ts'
import { askEmulator } from './control-client.ts'
import { pathPart } from './control-paths.ts'
import { addDefault } from './help.ts'
import { addRunning, type RunningEmulator } from './options.ts'
import { print, type CommandProcess } from './output.ts'
import { JSON_OPTION, jsonLines, table } from './table.ts'

const CODES_PATH = '/_emulator/device-codes'

const CODE_EXPECTED = 'the code that a device shows'

/** As many as a page of the list has at most; codes end after a quarter of an hour. */
const MOST_CODES = 1000

/** Adds the command `device`. */
export function addDevice (program: Command, process: CommandProcess): void {
  const device = program.command('device')
    .description('Say who signs in on a device that shows a code.')
    .addHelpText('after', `
It is what a person does at the page to which the device sends them. With
xbl-achievements start --sign-in-as gamer, nobody has to.

Example: which codes there are, and who signs in with one
  xbl-achievements device
  xbl-achievements device approve ABCD2345 gamer`)
  addRunning(addDefault(device, 'list').description('List the codes, the newest last; so does device alone.').option(...JSON_OPTION), process)
    .addHelpText('after', `
A line has code, state, application and, once it is approved, the XUID.

Example:
  xbl-achievements device list`)
    .action(async ({ json, ...running }: RunningEmulator & { json?: true }) => {
      const { deviceCodes }: { deviceCodes: ListedDevice[] } = JSON.parse(await askEmulator(running, { method: 'GET', path: `${CODES_PATH}?limit=${MOST_CODES}`, member: 'deviceCodes' }))
      await print(process, json ? jsonLines(deviceCodes) : table(deviceCodes.map(({ userCode, state, clientId, xuid }) => [userCode, state, clientId, xuid ?? ''])))
    })
  addRunning(device.command('approve').description('Let a user sign in there.').argument('<code>', CODE_EXPECTED).argument('<user>', 'gamertag or XUID'), process)
    .addHelpText('after', `
Example:
  xbl-achievements device approve ABCD2345 gamer`)
    .action(async (code: string, user: string, running: RunningEmulator) => { await decide(running, code, { decision: 'approve', user }) })

  for (const [name, decision, description] of [
    ['decline', 'decline', 'Let nobody sign in there.'], ['slow', 'slowDown', 'Tell it to ask less often, until the code is approved or declined.']
  ] as const) {
    addRunning(device.command(name).description(description).argument('<code>', CODE_EXPECTED), process)
      .addHelpText('after', `
Example:
  xbl-achievements device ${name} ABCD2345`)
      .action(async (code: string, running: RunningEmulator) => { await decide(running, code, { decision }) })
  }
}

async function decide (running: RunningEmulator, code: string, body: { decision: string, user?: string }): Promise<void> {
  await askEmulator(running, { method: 'PUT', path: `${CODES_PATH}/${pathPart(code, '<code>', CODE_EXPECTED)}`, body })
}
