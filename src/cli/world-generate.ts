import { Option, type Command } from 'commander'
import { isNoFile } from '../base/replace-file.ts'
import { CommandError } from '../base/user-error.ts'
import type { WorldSize } from '../world/generate/world-size.ts'
import { countedWorld } from './counted-world.ts'
import { forceOption, requireNew } from './new-files.ts'
import { explainFailure, printError, shellWord, type CommandProcess } from './output.ts'
import { startProgress } from './progress-line.ts'
import { STOP_SIGNALS } from './signals.ts'

interface GenerateFlags extends WorldSize {
  readonly out?: string
  readonly database?: string
  readonly force?: boolean
}

/** Achievements are held in memory, users are not. */
const MOST_GENERATED = 1_000_000

/** Adds the command `world generate`. */
export function addGenerate (world: Command, process: CommandProcess): void {
  const size = (flag: string, description: string, [least, most, value]: [number, number, number]): Option =>
    new Option(`${flag} <number>`, description).argParser((text) => readSize(text, { flag, least, most })).default(value)
  world.command('generate')
    .description('Make a large world for load tests, always the same for one seed.')
    .addOption(size('--titles', 'how many titles', [1, 10_000, 10]))
    .addOption(size('--achievements', 'how many achievements each title has', [1, 10_000, 30]))
    .addOption(size('--users', 'how many users', [0, 10_000_000, 1000]))
    .addOption(size('--seed', 'another world for each', [0, 4_294_967_295, 1]))
    .addOption(new Option('--out <file>', 'file to write; without it, and without --database, standard output').conflicts('database'))
    .option('--database <file>', 'database file to make, ready to start')
    .addOption(forceOption())
    .addHelpText('after', `
Each user has played one to three titles, and has a token: user 17, counted from
0, is 2533274800000017 with XBL3.0 x=load;token-17. The key of the IGDB view is load.
There are at most ${MOST_GENERATED} achievements in all.

Example: a small one, to look at
  xbl-achievements world generate --users 20 > ./load.json

Example: a million users; a world as large as that can be served from a database file alone
  xbl-achievements world generate --users 1000000 --database ./load.db
  xbl-achievements start --database ./load.db`)
    .action(async (flags: GenerateFlags) => generate(flags, process))
}

function readSize (text: string, { flag, least, most }: { flag: string, least: number, most: number }): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (number < least || number > most) throw new CommandError(`${flag}: found ${JSON.stringify(text)}, expected an integer from ${least} to ${most}`)
  return number
}

async function generate ({ out, database, force = false, ...size }: GenerateFlags, process: CommandProcess): Promise<void> {
  const { titles, achievements, users } = size
  const total = titles * achievements
  if (total > MOST_GENERATED) throw new CommandError(`--titles and --achievements: found ${titles} times ${achievements}, which is ${total}, expected at most ${MOST_GENERATED} achievements`)
  if (database !== undefined) await generateDatabase(database.trim(), size, { force, process })
  else await generateText(out, size, { force, process })
  const name = database ?? out
  const made = `${countedWorld({ titles, achievements: total, users })}, as many tokens`
  printError(process, [name === undefined ? `made ${made}` : `${name}: ${made}; serve it with xbl-achievements start --${database === undefined ? 'world' : 'database'} ${shellWord(name)}`])
}

interface Writing {
  readonly force: boolean
  readonly process: CommandProcess
}

async function generateText (file: string | undefined, size: WorldSize, { force, process }: Writing): Promise<void> {
  const { writeGeneratedWorld } = await import('../world/generate/generated-world.ts')
  const { streamToFile, streamToOutput } = await import('./streamed-text.ts')
  const texts = writeGeneratedWorld(size)
  if (file === undefined) return streamToOutput(process, texts)
  const write = async (report: (done: number) => void, signal: AbortSignal): Promise<void> => {
    await streamToFile(file, counting(texts, report), { mayReplace: force, signal })
  }
  await writing(file, { flag: '--out', steps: size.titles + 2 * size.users, write, force, process })
}

async function generateDatabase (file: string, size: WorldSize, { force, process }: Writing): Promise<void> {
  // A folder or a device cannot be replaced by a file.
  if (file === '' || file === ':memory:' || isNoFile(file)) throw new CommandError(`--database: found ${JSON.stringify(file)}, expected a file`)
  const { generateWorld } = await import('../world/generate/generated-world.ts')
  const { seedFile } = await import('../store/world/seed-file.ts')
  const write = async (report: (done: number) => void, signal: AbortSignal): Promise<void> => {
    await seedFile(file, generateWorld(size), { source: `world generate --seed ${size.seed}`, mayReplace: force, report, signal })
  }
  await writing(file, { flag: '--database', steps: 3 * size.users + 1, write, force, process })
}

/** Writes a file, tells how far it is, and leaves nothing of it when a signal comes. */
async function writing (file: string, { flag, steps, write, force, process }: Writing & {
  flag: string, steps: number, write: (report: (done: number) => void, signal: AbortSignal) => Promise<void>
}): Promise<void> {
  explainFailure({ file, flag }, () => requireNew(file, flag, force))
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new CommandError(`told to stop; ${file} is not made`))
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  const progress = startProgress(process, `making ${file}`, steps)
  try {
    await write(progress.report, stop.signal)
  } catch (error) {
    progress.end()
    const { code, syscall, message } = error as NodeJS.ErrnoException
    // Another process was faster.
    if (code === 'EEXIST') requireNew(file, flag)
    throw syscall === undefined ? error : new CommandError(`${file} cannot be written: ${message}; name another file with ${flag}`)
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, onSignal)
  }
  progress.end()
}

function * counting (texts: Iterable<string>, report: (done: number) => void): Generator<string> {
  let count = 0
  for (const text of texts) {
    yield text
    report(++count)
  }
}
