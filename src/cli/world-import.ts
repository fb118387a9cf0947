import type { Command } from 'commander'
import { counted } from '../base/counted.ts'
import { CommandError } from '../base/user-error.ts'
import type { World } from '../world/schema.ts'
import { worldText } from '../world/world-text.ts'
import { countAchievements } from './counted-world.ts'
import { forceOption, requireNew } from './new-files.ts'
import { readTitleId } from './options.ts'
import { print, printError, printingProblems, shellWord, writeOut, type CommandProcess } from './output.ts'

interface ImportFlags {
  readonly localization: string
  readonly titleId: number | string
  readonly scid: string
  readonly name?: string
  readonly sandbox?: string
  readonly generation?: string
  readonly user?: string
  readonly iconUrl?: string
  readonly strict?: true
  readonly out?: string
  readonly force?: true
}

/** Adds the command `world import`. */
export function addImport (world: Command, process: CommandProcess): void {
  world.command('import')
    .description('Make a world of the XML documents that Partner Center has of a title.')
    .argument('<achievements>', 'achievements2017.xml, as downloaded')
    .requiredOption('--localization <file>', 'the localization.xml that belongs to it')
    .requiredOption('--title-id <number>', 'the title: decimal, or hexadecimal with 0x before it', readTitleId)
    .requiredOption('--scid <guid>', 'the service configuration of the title')
    .option('--name <text>', 'what the title is called; without it "Title <id>"')
    .option('--sandbox <id>', 'where it is published; without it RETAIL')
    .option('--generation <generation>', 'modern, listed under V2, or xbox360, listed under V1; without it modern')
    .option('--user <gamertag>', 'add a user to play with, and a session of that user in the title')
    .option('--icon-url <pattern>', 'where images are, {id} for the IconImageId; without it https://images.example.com/{id}.png')
    .option('--strict', 'make errors of what Partner Center only warns of')
    .option('--out <file>', 'file to write; without it standard output')
    .addOption(forceOption())
    .addHelpText('after', `
Errors and warnings are lines on standard error, file:line:column first. With an
error it ends with 1 and writes nothing.

Example: a world to start
  xbl-achievements world import achievements2017.xml --localization localization.xml --title-id 0x4B4E01A7 --scid 8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7 --user me --out ./my-world.json
  xbl-achievements start --world ./my-world.json

Example: a check, e.g. before an upload
  xbl-achievements world import achievements2017.xml --localization localization.xml --title-id 0x4B4E01A7 --scid 8a1d7c40-52f6-4f0e-9c35-0d2f4b4e01a7 --strict > /dev/null

Example: without a world between, from a folder with the two documents and a title.json
  xbl-achievements start --world ./my-title`)
    .action(async (achievements: string, flags: ImportFlags) => importWorld(achievements, flags, process))
}

async function importWorld (achievements: string, { out, force, ...flags }: ImportFlags, process: CommandProcess): Promise<void> {
  if (out !== undefined) requireNew(out, '--out', force)
  const { text, size } = await convertDocuments(achievements, flags, process)
  if (out === undefined) {
    await print(process, text)
    printError(process, [`made ${size}; keep it in a file with --out my-world.json, and serve that with xbl-achievements start --world my-world.json`])
  } else {
    writeOut(out, text, '--out')
    printError(process, [`${out}: ${size}; serve it with xbl-achievements start --world ${shellWord(out)}`])
  }
}

/** The documents as the text of a world file, and how much it has of what. */
async function convertDocuments (achievements: string, { localization, strict, ...flags }: ImportFlags, process: CommandProcess): Promise<{ text: string, size: string }> {
  const { asSpelledOnDisk } = await import('../world/partner-center/files.ts')
  const { importTitle } = await import('../world/partner-center/import-title.ts')
  const { mergeWorlds } = await import('../world/read.ts')
  const title = await readTitle(flags)
  const { document, warnings } = await printingProblems(process, () =>
    importTitle({ achievements: asSpelledOnDisk(achievements), localization: asSpelledOnDisk(localization), title, isStrict: strict === true }))
  // Before the check, which fills in every default: a person would not write them.
  const text = worldText(document)
  const world = await printingProblems(process, () => mergeWorlds([{ file: achievements, document }]))
  printError(process, warnings)
  return { text, size: await sizeOf(world) }
}

async function sizeOf (world: World): Promise<string> {
  const { titles, users } = world
  const { localesOf } = await import('../world/texts.ts')
  const locales = new Set(titles.flatMap(({ achievements, defaultLocale }) => achievements.flatMap(({ name }) => localesOf(name, defaultLocale))))
  const size = `${counted(titles.length, 'title')}, ${counted(countAchievements(world), 'achievement')}, ${counted(locales.size, 'locale')}`
  return users.length === 0 ? size : `${size}, ${counted(users.length, 'user')}`
}

/** The flag of each member of a title file. */
const IMPORT_FLAGS: Readonly<Record<string, string>> = {
  titleId: '--title-id',
  serviceConfigId: '--scid',
  name: '--name',
  sandboxes: '--sandbox',
  generation: '--generation',
  user: '--user',
  iconUrl: '--icon-url'
}

async function readTitle ({ titleId, scid, sandbox, name = `Title ${titleId}`, ...others }: Omit<ImportFlags, 'localization' | 'strict' | 'out' | 'force'>) {
  const { checkTitleFile } = await import('../world/partner-center/title-file.ts')
  const { title, found: { problems: [problem] } } = checkTitleFile({ titleId, name, serviceConfigId: scid, ...sandbox !== undefined && { sandboxes: [sandbox] }, ...others })
  if (problem === undefined) return title
  throw new CommandError(`${IMPORT_FLAGS[problem.path.split('/')[1] as string]}: ${problem.message.replace(/, or null$/, '')}`)
}
