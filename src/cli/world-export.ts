import { Option, type Command } from 'commander'
import type { World, WorldTitle } from '../world/schema.ts'
import { worldText } from '../world/text.ts'
import { askEmulator } from './ask-emulator.ts'
import { CommandError } from '../base/user-error.ts'
import { print, requireOther, tell, writeFolder, writeOut } from './output.ts'
import { telling } from './problems.ts'
import { addTarget, type Target } from './target.ts'
import { readTitleId } from './title-id.ts'

interface Source extends Target {
  /** When it is given, the world is in this file or folder. */
  readonly world?: string
}

interface Flags extends Source {
  readonly out?: string
  readonly partnerCenter?: string
  readonly titleId?: number | string
}

/** `world export`. */
export function addExport (world: Command): void {
  addTarget(world.command('export')
    .description('Write the present state as a world that starts the same emulator, or a title of it as Partner Center\'s XML documents.'))
    .addOption(new Option('--world <path>', 'world file or folder to use instead of a running emulator').conflicts(['url', 'database']))
    .option('--out <file>', 'file to write; without it standard output')
    .addOption(new Option('--partner-center <folder>', 'write achievements2017.xml, localization.xml and a title.json into this folder').conflicts('out'))
    .option('--title-id <number>', 'with --partner-center, the title to write; needed when there are several', readTitleId)
    .addHelpText('after', `
Example: of an emulator that runs
  xbl-achievements world export --url http://127.0.0.1:5280 --out ./my-world.json

Example: of a database file
  xbl-achievements world export --database ./my-world.db > ./my-world.json

Example: a title as XML documents, from a world file; what they cannot hold is told
  xbl-achievements world export --world ./my-world.json --partner-center ./my-title --title-id 1234
  xbl-achievements start --world ./my-title`)
    .action(exportWorld)
}

async function exportWorld ({ out, partnerCenter, titleId, ...source }: Flags): Promise<void> {
  if (partnerCenter !== undefined) return exportTitle(partnerCenter, await chooseTitle(source, titleId))
  if (titleId !== undefined) throw new CommandError('--title-id: found it alone, expected --partner-center beside it: a world is written whole')
  if (out !== undefined && source.database !== undefined) requireOther(out, source.database, '--out')
  const text = await readPresent(source)
  if (out === undefined) await print(text)
  else writeOut(out, text, '--out')
}

async function readPresent ({ world, database, ...running }: Source): Promise<string> {
  if (world !== undefined) return readFile(world)
  if (database === undefined) return askEmulator(running, { method: 'GET', path: '/_emulator/world', member: 'titles' })
  const { exportFrom } = await import('./database.ts')
  return exportFrom(database)
}

/** A world file as the text of one: what it leaves out is filled in, the files of a folder are one. */
async function readFile (path: string): Promise<string> {
  const { findWorldReader } = await import('../world/load.ts')
  const read = await findWorldReader(path, tell)
  return worldText(telling(read))
}

/** The present state, checked: who answers may be an emulator of another version. */
async function checkPresent (source: Source): Promise<World> {
  const document = JSON.parse(await readPresent(source))
  const { mergeWorlds } = await import('../world/read.ts')
  return telling(() => mergeWorlds([{ file: source.world ?? source.database ?? source.url, document }]))
}

async function chooseTitle (source: Source, titleId: number | string | undefined): Promise<WorldTitle> {
  const { titles } = await checkPresent(source)
  const chosen = titles.filter((title) => titleId === undefined || title.titleId === titleId)
  if (chosen.length === 1) return chosen[0] as WorldTitle
  const ids = titles.length === 0 ? 'a title, and the world has none' : `one of ${titles.map((title) => title.titleId).join(', ')}`
  throw new CommandError(`--title-id: found ${titleId === undefined ? 'none' : JSON.stringify(titleId)}, expected ${ids}`)
}

async function exportTitle (folder: string, title: WorldTitle): Promise<void> {
  const { exportTitle } = await import('../world/partner-center/export-title.ts')
  const { files, warnings } = exportTitle(title)
  writeFolder(folder, files, '--partner-center')
  tell(warnings.map((warning) => `${folder}: warning: ${warning}`))
}
