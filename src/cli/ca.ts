import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import { DEFAULT_TLS_DIR } from '../config/basics.ts'
import { trustLines } from './ca-lines.ts'
import { print, printError, shellWord, type CommandProcess } from './output.ts'
import { findTrustStore, thisMachine, type CommandLine, type Machine } from './trust-store.ts'

interface CaFlags {
  readonly tlsDir?: string
  readonly tlsHost?: string
  readonly install?: true
  readonly uninstall?: true
  readonly json?: true
}

/** Adds the command `ca`. */
export function addCa (program: Command, process: CommandProcess): void {
  program.command('ca')
    .description('Tell where the local CA of --tls is, and how to trust it.')
    .option('--tls-dir <folder>', `where the CA is kept (default: ${JSON.stringify(DEFAULT_TLS_DIR)}, env: XBL_TLS_DIR)`)
    .option('--tls-host <names>', 'names and addresses, comma-delimited, that it may sign for, besides those of Xbox Live and of this machine (env: XBL_TLS_HOST)')
    .addOption(new Option('--install', 'let this machine trust it: runs the commands of the system for that, and shows them').conflicts('uninstall'))
    .option('--uninstall', 'let this machine trust it no longer')
    .option('--json', 'print JSON')
    .addHelpText('after', `
It is made when there is none. Its key stays in the folder. It can sign for nothing
but the hosts of Xbox Live (xboxlive.com and the login hosts), this machine and what
--tls-host names, here or at a start.

Example: trust it, and serve HTTPS
  xbl-achievements ca
  xbl-achievements start --tls

Example: let the system trust it (Debian, Fedora, Arch and openSUSE, with sudo; macOS; Windows), and no longer
  xbl-achievements ca --install
  xbl-achievements ca --uninstall`)
    .action(async (flags: CaFlags) => showAuthority(flags, { process, machine: thisMachine(process) }))
}

/** Does what the command does. */
export async function showAuthority ({ install, uninstall, json, ...flags }: CaFlags, { process, machine }: { process: CommandProcess, machine: Machine }): Promise<void> {
  const file = resolve(await findAuthorityFile(flags, uninstall === true, process))
  const { fingerprint, fingerprint256, validTo } = new X509Certificate(readFileSync(file))
  const certificate = { file, fingerprint256, validTo: new Date(validTo).toISOString() }
  if (install === undefined && uninstall === undefined) {
    const lines = trustLines(file)
    const text = `${file}\n\n${lines.map(({ client, line }) => `${client.padEnd(9)}${line}`).join('\n')}\n`
    await print(process, json ? `${JSON.stringify({ ...certificate, trust: Object.fromEntries(lines.map(({ client, line }) => [client, line])) })}\n` : text)
    return
  }
  const store = findTrustStore(machine, { file, sha1: fingerprint.replaceAll(':', '') })
  if (store === undefined) throw new CommandError('there is no command here to change what the system trusts, or no right to it; xbl-achievements ca has a line for each client and system')
  for (const line of install ? store.add : store.remove) runShown(line, { process, machine })
  const done = install ? 'trusts' : 'no longer trusts'
  const own = install ? '; Node, Python, Java and browsers may have lists of their own: xbl-achievements ca' : ''
  await print(process, json ? `${JSON.stringify({ ...certificate, store: store.name, trusted: install === true })}\n` : `The ${store.name} store ${done} ${file}${own}.\n`)
}

/** @throws {CommandError} when it fails. */
function runShown (line: CommandLine, { process, machine }: { process: CommandProcess, machine: Machine }): void {
  const shown = line.map(shellWord).join(' ')
  printError(process, [`$ ${shown}`])
  const failure = machine.run(line)
  if (failure !== undefined) throw new CommandError(`${shown}: ${failure}`)
}

/** The file of the CA, which is made when there is none, unless it has to be there. */
async function findAuthorityFile ({ tlsDir, tlsHost }: CaFlags, mustExist: boolean, process: CommandProcess): Promise<string> {
  const { readConfig } = await import('../config/read-config.ts')
  const { XBL_TLS_DIR, XBL_TLS_HOST } = process.env
  // An empty value counts as not given.
  const config = readConfig({ tlsDir: tlsDir || undefined, tlsHost: tlsHost || undefined }, { XBL_TLS_DIR, XBL_TLS_HOST })
  if (mustExist) return requireAuthority(config.tlsDir)
  const { ensureAuthority, warningFor } = await import('../server/tls/tls-folder.ts')
  const { signableHosts } = await import('../http/hosts.ts')
  const authority = await ensureAuthority(config.tlsDir, { hosts: signableHosts(config.tlsHost), now: Date.now() })
  const warning = warningFor(authority)
  printError(process, warning === null ? [] : [`xbl-achievements: warning: ${warning}`])
  return authority.file
}

/** The file of the CA of a folder. @throws {CommandError} when there is none that can be read. */
function requireAuthority (folder: string): string {
  const file = join(folder, 'ca.pem')
  try {
    return new X509Certificate(readFileSync(file)) && file
  } catch (error) {
    throw new CommandError(`${folder} has no CA that could be taken out: ${(error as Error).message}; name its folder with --tls-dir`)
  }
}
