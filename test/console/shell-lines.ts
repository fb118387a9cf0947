import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Test } from 'tap'

const run = promisify(execFile)

/** How long a line may take, in ms: two cores that others use, too. */
const LONGEST_LINE = 60_000

/** Whether a program can be run here; where not, the test says that something is left out. */
export async function canRun (t: Test, program: string, ...args: readonly string[]): Promise<boolean> {
  const isThere = await run(program, [...args]).then(() => true, () => false)
  if (!isThere) t.pass(`with ${program} ${args.join(' ')}`, { skip: 'it cannot be run here' })
  return isThere
}

/** Runs a line that the page has given as a person does who pastes it into a shell. @returns what is written on standard output. */
export async function runLine (line: string): Promise<string> {
  const { stdout } = await run('sh', ['-c', line], { timeout: LONGEST_LINE })
  return stdout
}

/** Runs a line of curl. @returns the status of the answer. */
export async function statusOfLine (line: string): Promise<number> {
  const written = await runLine(`${line} -s -o /dev/null -w '%{http_code}'`)
  return Number(written)
}
