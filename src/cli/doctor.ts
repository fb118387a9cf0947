import type { Command } from 'commander'
import type { Finding } from './doctor/checks.ts'
import type { ExaminedFlags } from './doctor/find-facts.ts'
import { addUrl } from './options.ts'
import { alreadyReported, print, type CommandProcess } from './output.ts'

interface DoctorFlags extends ExaminedFlags {
  readonly url: string
  readonly json?: true
}

const MARKS = { ok: '✓', hint: '!', wrong: '✗' } as const

/** Adds the command `doctor`. */
export function addDoctor (program: Command, process: CommandProcess): void {
  addUrl(program.command('doctor')
    .description('Look at this machine, and tell what is wrong and what mends it.'), process)
    .option('--host <address>', 'the address that start would listen on (env: HOST)')
    .option('--port <number>', 'the port that start would listen on (env: PORT)')
    .option('--tls-port <number>', 'its port of HTTPS (env: XBL_TLS_PORT)')
    .option('--tls-dir <folder>', 'where the CA is kept (env: XBL_TLS_DIR)')
    .option('--database <file>', 'its database file (env: XBL_DATABASE)')
    .option('--json', 'print JSON')
    .addHelpText('after', `
A line for each thing: Node, SQLite, ports, a running emulator, the CA and who trusts
it, the hosts file, proxy variables, the database, disk space. Nothing is changed.
It ends with 1 when something is wrong; a hint matters to some alone.

Example: what is wrong, and the line that mends it
  xbl-achievements doctor`)
    .action(async ({ url, json, ...flags }: DoctorFlags) => {
      const { examine } = await import('./doctor/checks.ts')
      const { findFacts } = await import('./doctor/find-facts.ts')
      const findings = examine(await findFacts(flags, url, process.env))
      const isWrong = findings.some(({ state }) => state === 'wrong')
      await print(process, json ? `${JSON.stringify({ ok: !isWrong, findings })}\n` : findings.map(findingLine).join(''))
      if (isWrong) throw alreadyReported()
    })
}

const findingLine = ({ check, state, found, mend }: Finding): string =>
  `${MARKS[state]} ${state.padEnd(5)} ${check}: ${found}${mend === undefined ? '' : `; ${mend}`}\n`
