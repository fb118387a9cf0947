import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What is to be trusted. */
export interface Certificate {
  readonly file: string
  /** The SHA-1 of it, in hexadecimal, by which Windows and macOS name one. */
  readonly sha1: string
}

/** What has to be known of a machine, and how it runs a command. A test has another one. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  readonly home: string
  /** Whether there is such a command. */
  readonly hasCommand: (name: string) => boolean
  readonly hasFolder: (path: string) => boolean
  /** Runs a command, and returns why it failed, if it did. */
  readonly run: (line: CommandLine) => string | undefined
}

/** A command and its arguments. */
export type CommandLine = readonly [string, ...string[]]

/** Where a machine keeps the CAs that all programs without a list of their own trust. */
export interface TrustStore {
  readonly name: string
  /** The commands that add a CA, and those that take it out. */
  readonly add: readonly CommandLine[]
  readonly remove: readonly CommandLine[]
}

/** The folder of each family of Linux for CAs of one's own, and what reads it. Debian's leaves a link to a CA that is gone unless it is told to begin afresh. */
const LINUX_STORES: ReadonlyArray<{ name: string, folder: string, update: string, fresh?: readonly string[] }> = [
  { name: 'Debian', folder: '/usr/local/share/ca-certificates', update: 'update-ca-certificates', fresh: ['--fresh'] },
  { name: 'Fedora', folder: '/etc/pki/ca-trust/source/anchors', update: 'update-ca-trust' },
  { name: 'Arch', folder: '/etc/ca-certificates/trust-source/anchors', update: 'update-ca-trust' },
  { name: 'openSUSE', folder: '/etc/pki/trust/anchors', update: 'update-ca-certificates' }
]

/** The store of a machine; undefined when there is none that is known, or when nobody but root may change it and there is no sudo. */
export function findTrustStore (machine: Machine, { file, sha1 }: Certificate): TrustStore | undefined {
  const { platform, home, hasCommand } = machine
  if (platform === 'win32' && hasCommand('certutil.exe')) {
    return { name: 'Windows', add: [['certutil', '-user', '-addstore', 'Root', file]], remove: [['certutil', '-user', '-delstore', 'Root', sha1]] }
  }
  if (platform === 'darwin' && hasCommand('security')) {
    const keychain = join(home, 'Library/Keychains/login.keychain-db')
    return {
      name: 'macOS',
      add: [['security', 'add-trusted-cert', '-r', 'trustRoot', '-k', keychain, file]],
      remove: [['security', 'remove-trusted-cert', file], ['security', 'delete-certificate', '-Z', sha1, keychain]]
    }
  }
  return platform === 'linux' ? findLinuxStore(machine, file) : undefined
}

function findLinuxStore ({ isRoot, hasCommand, hasFolder }: Machine, file: string): TrustStore | undefined {
  const found = LINUX_STORES.find(({ folder, update }) => hasFolder(folder) && hasCommand(update))
  if (found === undefined || !(isRoot || hasCommand('sudo'))) return undefined
  const asRoot = (...line: [string, ...string[]]): CommandLine => isRoot ? line : ['sudo', ...line]
  const copy = join(found.folder, 'xbl-achievements.crt')
  return {
    name: found.name,
    add: [asRoot('cp', file, copy), asRoot('chmod', '644', copy), asRoot(found.update)],
    remove: [asRoot('rm', '-f', copy), asRoot(found.update, ...found.fresh ?? [])]
  }
}

/** This machine, as the environment of a command has it. */
export function thisMachine ({ env }: { readonly env: NodeJS.ProcessEnv }, { platform, getuid }: NodeJS.Process = process): Machine {
  const { PATH = '', HOME = '' } = env
  return {
    platform,
    isRoot: getuid?.() === 0,
    home: HOME,
    hasCommand: (name) => PATH.split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, name))),
    hasFolder: existsSync,
    run: (line) => runLine(line, env)
  }
}

function isExecutable (file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Runs a command that may ask for a password. What it says goes to standard error.
 *
 * @returns why it failed; undefined when it did not.
 */
function runLine ([command, ...args]: CommandLine, env: NodeJS.ProcessEnv): string | undefined {
  const { status, signal, error } = spawnSync(command, args, { stdio: ['inherit', 2, 2], env })
  if (error !== undefined) return error.message
  return status === 0 ? undefined : `it ended with ${status ?? signal}`
}
