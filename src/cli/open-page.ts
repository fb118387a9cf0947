import { spawn } from 'node:child_process'
import { printError, type CommandProcess } from './output.ts'

/**
 * Opens an address in the browser of whoever is at this machine, by what the system has for that: a program with the address
 * as its argument, and never a line for a shell. When that is not to be had, one line says so, and nothing else happens.
 */
export function openPage (url: string, process: CommandProcess): void {
  const say = (why: string): void => { printError(process, [`xbl-achievements: --open: ${why}; open ${url} yourself`]) }
  const { platform, env } = process
  const hasDisplay = platform === 'win32' || platform === 'darwin' || [env['DISPLAY'], env['WAYLAND_DISPLAY'], env['BROWSER']].some((text) => text !== undefined && text !== '')
  if (!hasDisplay) return say('this machine has no display')
  const [program, ...before] = OPENERS[platform] ?? ['xdg-open']
  // Of its own, so that Ctrl-C does not end the browser.
  const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true, env })
  child.on('error', (error: NodeJS.ErrnoException) => { say(error.code === 'ENOENT' ? `${program} is not installed` : error.message) })
  child.on('exit', (code) => { if (code !== null && code !== 0) say(`${program} ended with ${code}`) })
  child.unref()
}

/** The programs that open an address, with what stands before it. `start` of Windows is a part of its shell. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = { darwin: ['open'], win32: ['rundll32', 'url.dll,FileProtocolHandler'] }
