import { accessSync, constants, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

/** The names of Chromium and of its kin on a path of Linux or macOS. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge-stable', 'microsoft-edge']

const MACOS = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const WINDOWS = [join('Google', 'Chrome', 'Application', 'chrome.exe'), join('Chromium', 'Application', 'chrome.exe'), join('Microsoft', 'Edge', 'Application', 'msedge.exe')]

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where Chromium is, or a browser made of it: where the variable `CHROMIUM` says, else in the usual places.
 *
 * @returns null when there is none.
 * @throws when `CHROMIUM` names no file that can be run.
 */
export function findChromium (environment: Environment = process.env, platform: string = process.platform): string | null {
  const { CHROMIUM: given } = environment
  if (given !== undefined && given !== '') {
    if (!canRun(given)) throw new Error(`CHROMIUM is ${JSON.stringify(given)}, which is no file that can be run.`)
    return given
  }
  return usualPlaces(environment, platform).find(canRun) ?? null
}

/** The paths where Chromium may be, the likeliest first; that of playwright-core is the last. */
export function usualPlaces (environment: Environment, platform: string): string[] {
  const own = chromium.executablePath()
  return [...placesOf(environment, platform), ...own === '' ? [] : [own]]
}

function placesOf (environment: Environment, platform: string): string[] {
  if (platform === 'win32') {
    const folders = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA].filter((folder) => folder !== undefined)
    return folders.flatMap((folder) => WINDOWS.map((path) => join(folder, path)))
  }
  const onPath = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '').flatMap((folder) => NAMES.map((name) => join(folder, name)))
  if (platform !== 'darwin') return [...onPath, ...NAMES.map((name) => join('/snap/bin', name))]
  return [...['/Applications', join(homedir(), 'Applications')].flatMap((folder) => MACOS.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name))), ...onPath]
}

function canRun (path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return existsSync(path)
  } catch {
    return false
  }
}

// For a script: prints where it is, and fails when there is none.
if (import.meta.url === pathToFileURL(String(process.argv[1])).href) {
  const path = findChromium()
  if (path === null) process.exitCode = 1
  else console.log(path)
}
