import { Option, type Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import type { World, WorldTitle } from '../world/schema.ts'
import { worldText } from '../world/world-text.ts'
import { askEmulator } from './control-client.ts'
import { forceOption, requireNew, writeFolder } from './new-files.ts'
import { addTarget, readTitleId, wrongTitle, type Target } from './options.ts'
import { print, requireOther, printError, printingProblems, writeOut, type CommandProcess } from './output.ts'

interface Source extends Target {
  /** When it is given, the world of this file or folder is exported. */
  readonly world?: string
}

interface ExportFlags extends Source {
  readonly out?: string
  readonly force?: true
  readonly partnerCenter?: string
  readonly titleId?: number | string
}

/** Adds the command `world export`. */
export function addExport (world: Command, process: CommandProcess): void {
  addTarget(world.command('export')
    .description('Write the present state as a world that starts the same emulator, or a title of it as Partner Center\'s XML documents.'), process)
    .addOption(new Option('--world <path>', 'world file or folder to use instead of a running emulator').conflicts(['url', 'database']))
    .option('--out <file>', 'file to write; without it standard output')
    .addOption(new Option('--partner-center <folder>', 'write achievements2017.xml, localization.xml and a title.json into this folder').conflicts('out'))
    .addOption(forceOption())
    .option('--title-id <number>', 'with --partner-center, the title to write; needed when there are several', readTitleId)
    .addHelpText('after', `
Example: of an emulator that runs
  xbl-achievements world export --url http://127.0.0.1:5280 --out ./my-world.json

Example: of a database file
  xbl-achievements world export --database ./my-world.db > ./my-world.json

Example: a title as XML documents, from a world file; what they cannot hold is told
  xbl-achievements world export --world ./my-world.json --partner-center ./my-title --title-id 1234
  xbl-achievements start --world ./my-title`)
    .action(async (flags: ExportFlags) => writeWorldOrTitle(flags, process))
}

async function writeWorldOrTitle ({ out, force, partnerCenter, titleId, ...source }: ExportFlags, process: CommandProcess): Promise<void> {
  if (partnerCenter !== undefined) {
    const title = await chooseTitle(source, { titleId, process })
    return writeTitle(title, { folder: partnerCenter, force, process })
  }
  if (titleId !== undefined) throw new CommandError('--title-id: found it alone, expected --partner-center beside it: a world is written whole')
  if (out !== undefined && source.database !== undefined) requireOther(out, source.database, '--out')
  if (out !== undefined) requireNew(out, '--out', force)
  const text = await readSourceText(source, process)
  if (out === undefined) await print(process, text)
  else writeOut(out, text, '--out')
}

/** The present state of the source as the text of a world file. */
async function readSourceText ({ world, database, ...running }: Source, process: CommandProcess): Promise<string> {
  if (world !== undefined) return readFile(world, process)
  if (database === undefined) return askEmulator(running, { method: 'GET', path: '/_emulator/world', member: 'titles' })
  const { exportFrom } = await import('./database.ts')
  return exportFrom(database)
}

/** A world file with all of its defaults, and a folder as one file. */
async function readFile (path: string, process: CommandProcess): Promise<string> {
  const { findWorldReader } = await import('../world/load.ts')
  const read = await findWorldReader(path, (lines) => printError(process, lines))
  return worldText(await printingProblems(process, read))
}

/** The present state. It is checked, because it may come from an emulator of another version. */
async function readCheckedWorld (source: Source, process: CommandProcess): Promise<World> {
  const document = JSON.parse(await readSourceText(source, process))
  const { mergeWorlds } = await import('../world/read.ts')
  return await printingProblems(process, () => mergeWorlds([{ file: source.world ?? source.database ?? source.url, document }]))
}

async function chooseTitle (source: Source, { titleId, process }: { titleId: number | string | undefined, process: CommandProcess }): Promise<WorldTitle> {
  const { titles } = await readCheckedWorld(source, process)
  const chosen = titles.filter((title) => titleId === undefined || title.titleId === titleId)
  if (chosen.length === 1) return chosen[0] as WorldTitle
  throw wrongTitle(titleId, titles.map((title) => title.titleId))
}

async function writeTitle (title: WorldTitle, { folder, force, process }: { folder: string, force: true | undefined, process: CommandProcess }): Promise<void> {
  const { exportTitle } = await import('../world/partner-center/export-title.ts')
  const { files, warnings } = exportTitle(title)
  writeFolder(folder, files, { flag: '--partner-center', force })
  printError(process, warnings.map((warning) => `${folder}: warning: ${warning}`))
}
