import type { Command } from 'commander'
import { counted } from '../base/counted.ts'
import { countAchievements, countedWorld } from './counted-world.ts'
import { alreadyReported, print, printError, printProblems, type CommandProcess } from './output.ts'
import { addExport } from './world-export.ts'
import { addGenerate } from './world-generate.ts'
import { addImport } from './world-import.ts'
import { addInit } from './world-init.ts'

/** Adds the command `world`. */
export function addWorld (program: Command, process: CommandProcess): void {
  const world = program.command('world')
    .description('Make, check, import, export or describe worlds.')
    .addHelpText('after', `
A world is a JSON document with titles, users and sessions; it is what start serves.

Example: keep what an emulator holds now, and start from there the next time
  xbl-achievements world export --out ./my-world.json
  xbl-achievements start --world ./my-world.json`)
  addInit(world, process)
  addValidate(world, process)
  addGenerate(world, process)
  addImport(world, process)
  addExport(world, process)
  addSchema(world, process)
}

function addValidate (world: Command, process: CommandProcess): void {
  world.command('validate')
    .description('Check worlds and tell what is wrong with them.')
    .argument('<file...>', 'JSON files, or folders that make one world each')
    .addHelpText('after', `
It ends with 1 when anything is wrong; each problem, up to a hundred, is a line
with the place in the document, what is found there and what is expected.
Warnings are lines, too, of what is served and what the live service or Partner
Center does not have; they change nothing.

Example: a file and a folder
  xbl-achievements world validate ./my-world.json ./worlds`)
    .action(async (paths: readonly string[]) => validateWorlds(paths, process))
}

async function validateWorlds (paths: readonly string[], process: CommandProcess): Promise<void> {
  let isWrong = false
  for (const path of paths) {
    try {
      await print(process, `${path}: ok (${await summarizeWorld(path, process)})\n`)
    } catch (error) {
      await printProblems(process, error)
      isWrong = true
    }
  }
  if (isWrong) throw alreadyReported()
}

/** Prints the warnings of a world, and returns how much it has of what, and the number of warnings. */
async function summarizeWorld (path: string, process: CommandProcess): Promise<string> {
  const { findWarnings } = await import('../world/check/warnings.ts')
  const { findWorldReader } = await import('../world/load.ts')
  let warnings = 0
  const warn = (lines: readonly string[], total = lines.length): void => {
    printError(process, total > lines.length ? [...lines, `and ${counted(total - lines.length, 'more warning')}`] : lines)
    warnings += total
  }
  const read = await findWorldReader(path, warn, (files, world) => {
    const { lines, total } = findWarnings(files, world)
    warn(lines, total)
  })
  const world = read()
  const size = countedWorld({ titles: world.titles.length, achievements: countAchievements(world), users: world.users.length })
  return warnings === 0 ? size : `${size}, ${counted(warnings, 'warning')}`
}

function addSchema (world: Command, process: CommandProcess): void {
  world.command('schema')
    .description('Print the JSON Schema of a world, so that an editor completes and checks.')
    .addHelpText('after', `
Example: beside a world that begins with { "$schema": "./world.schema.json",
  xbl-achievements world schema > ./world.schema.json`)
    .action(async () => {
      const { worldJsonSchema } = await import('../world/schema.ts')
      await print(process, `${JSON.stringify(worldJsonSchema(), null, 2)}\n`)
    })
}
