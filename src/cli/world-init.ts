import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { isNoFile } from '../base/replace-file.ts'
import { CommandError } from '../base/user-error.ts'
import { createStartingWorld, SCHEMA_FILE } from '../world/starting-world.ts'
import { worldText } from '../world/world-text.ts'
import { forceOption, requireNew } from './new-files.ts'
import { readTitleId } from './options.ts'
import { print, shellWord, writeOut, type CommandProcess } from './output.ts'

interface InitFlags {
  readonly titleId: number | string
  readonly name: string
  readonly gamertag: string
  readonly force?: true
}

const WHERE = 'world init FILE'

/** Adds the command `world init`. */
export function addInit (world: Command, process: CommandProcess): void {
  world.command('init')
    .description('Write a small world to edit: a title, three achievements, a user and a token.')
    .argument('[file]', 'file to write', 'my-world.json')
    .option('--title-id <number>', 'the title: decimal, or hexadecimal with 0x before it', readTitleId, 1234)
    .option('--name <text>', 'what the title is called', 'My Game')
    .option('--gamertag <gamertag>', 'what the user is called', 'me')
    .addOption(forceOption())
    .addHelpText('after', `
A ${SCHEMA_FILE} is written beside it, so that an editor completes and checks.

Example: a world of your own title
  xbl-achievements world init ./my-world.json --title-id 0x4B4E01A7 --name 'Paper Kites'
  xbl-achievements start --world ./my-world.json`)
    .action(async (file: string, flags: InitFlags) => initWorld(file, flags, process))
}

async function initWorld (file: string, { force, ...flags }: InitFlags, process: CommandProcess): Promise<void> {
  const world = createStartingWorld(await requireChoices(flags))
  // A schema cannot lie beside a device, or have the name of the world.
  if (/\.schema\.json$/i.test(file) || isNoFile(file)) {
    throw new CommandError(`found ${JSON.stringify(file)}, expected the name of a world file, e.g. my-world.json`)
  }
  requireNew(file, WHERE, force)
  writeOut(file, worldText(world), WHERE)
  const schemaFile = join(dirname(file), SCHEMA_FILE)
  await print(process, `${file} has 1 title, 3 achievements, 1 user and 1 token.
${schemaFile} ${await writeSchema(schemaFile, force)}.

Next:
  xbl-achievements start --world ${shellWord(file)}
  curl -H "Authorization: XBL3.0 x=my;token" -H "x-xbl-contract-version: 2" "http://127.0.0.1:5280/users/xuid(2533274790000001)/achievements"
`)
}

/** Writes the schema for the editor, and returns what to say of it. One that is there may be of another version, and other worlds beside it may need it. */
async function writeSchema (file: string, force = false): Promise<string> {
  const { worldJsonSchema } = await import('../world/schema.ts')
  const schema = `${JSON.stringify(worldJsonSchema(), null, 2)}\n`
  if (!existsSync(file) || force) writeOut(file, schema, WHERE)
  else if (!hasText(file, schema)) return 'was there already, and stays; xbl-achievements world schema prints the present one'
  return 'lets an editor complete and check it'
}

function hasText (file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text
  } catch {
    return false
  }
}

/** @throws {CommandError} naming the flag whose value no world can have. */
async function requireChoices ({ titleId, name, gamertag }: InitFlags) {
  const { findProblem } = await import('../base/validation.ts')
  const { World } = await import('../world/schema.ts')
  const { titles: { items: { properties: title } }, users: { items: { properties: user } } } = World.properties
  for (const [flag, schema, value] of [['--title-id', title.titleId, titleId], ['--name', title.name, name], ['--gamertag', user.gamertag, gamertag]] as const) {
    const problem = findProblem(schema, value)
    if (problem !== undefined) throw new CommandError(`${flag}: ${problem.message}`)
  }
  return { titleId: titleId as number, name, gamertag }
}
