import { CommanderError, type Command } from 'commander'
import { askEmulator } from './ask-emulator.ts'
import { print, writeOut } from './output.ts'
import { addTarget, type Target } from './target.ts'

/** `world`. */
export function addWorld (program: Command): void {
  const world = program.command('world')
    .description('Check, export or describe worlds.')
    .addHelpText('after', `
A world is a JSON document with titles, users and sessions; it is what start serves.

Example: keep what an emulator holds now, and start from there the next time
  xbl-achievements world export --out ./my-world.json
  xbl-achievements start --world ./my-world.json`)
  addValidate(world)
  addExport(world)
  addSchema(world)
}

function addValidate (world: Command): void {
  world.command('validate')
    .description('Check worlds and tell everything that is wrong with them.')
    .argument('<file...>', 'JSON files, or folders of them that make one world each')
    .addHelpText('after', `
It ends with 1 when anything is wrong; each problem is a line with the place in
the document, what is found there and what is expected.

Example: a file and a folder
  xbl-achievements world validate ./my-world.json ./worlds`)
    .action(validate)
}

async function validate (paths: readonly string[]): Promise<void> {
  const { readWorld } = await import('../world/read-world.ts')
  const { WorldError } = await import('../world/report.ts')
  let isWrong = false
  for (const path of paths) {
    try {
      const { titles, users } = readWorld(path)
      const achievements = titles.reduce((sum, title) => sum + title.achievements.length, 0)
      await print(`${path}: ok (${titles.length} titles, ${achievements} achievements, ${users.length} users)\n`)
    } catch (error) {
      if (!(error instanceof WorldError)) throw error
      isWrong = true
      process.stderr.write(`${error.problems.join('\n')}\n`)
    }
  }
  // Everything is said; the exit code is left.
  if (isWrong) throw new CommanderError(1, 'xbl-achievements.world', 'wrong')
}

function addExport (world: Command): void {
  addTarget(world.command('export')
    .description('Write the present state as a world that starts the same emulator.'))
    .option('--out <file>', 'file to write; without it standard output')
    .addHelpText('after', `
Example: of an emulator that runs
  xbl-achievements world export --url http://127.0.0.1:5280 --out ./my-world.json

Example: of a database file
  xbl-achievements world export --database ./my-world.db > ./my-world.json`)
    .action(exportWorld)
}

async function exportWorld ({ out, ...target }: Target & { out?: string }): Promise<void> {
  const text = await readPresent(target)
  if (out === undefined) await print(text)
  else writeOut(out, text, '--out')
}

async function readPresent ({ database, ...running }: Target): Promise<string> {
  if (database === undefined) return askEmulator(running, { method: 'GET', path: '/_emulator/world', member: 'titles' })
  const { exportFrom } = await import('./database.ts')
  return exportFrom(database)
}

function addSchema (world: Command): void {
  world.command('schema')
    .description('Print the JSON Schema of a world, so that an editor completes and checks.')
    .addHelpText('after', `
Example: beside a world that begins with { "$schema": "./world.schema.json",
  xbl-achievements world schema > ./world.schema.json`)
    .action(async () => {
      const { worldJsonSchema } = await import('../world/schema.ts')
      await print(`${JSON.stringify(worldJsonSchema(), null, 2)}\n`)
    })
}
