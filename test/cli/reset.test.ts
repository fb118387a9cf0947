import t from 'tap'
import { FRIEND, SAMPLE_SCID } from '../helper.ts'
import { refuses, runCommand, says, startCommand } from '../run-bin.ts'
import { substituteEmulator } from './substitute-emulator.ts'

t.test('back to the world of the start', async (t) => {
  const { url } = await startCommand(t)
  const worldOf = async (): Promise<unknown> => (await fetch(`${url}/_emulator/world`)).json()
  const world = await worldOf()
  await runCommand(['unlock', FRIEND, '3', '--scid', SAMPLE_SCID, '--url', url])
  t.notSame(await worldOf(), world)
  const { world: { titles, achievements, users } } = await (await fetch(`${url}/_emulator/health`)).json() as { world: Record<string, number> }
  t.strictSame(await runCommand(['reset', '--url', url]), says(`the world of the start: ${titles} titles, ${achievements} achievements, ${users} users\n`))
  t.strictSame(await worldOf(), world)
})

t.test('everything, and one of each', async (t) => {
  const answer = { world: { titles: 1, achievements: 1, users: 1 } }
  const { url, asked } = await substituteEmulator(t, { 'POST /_emulator/reset': answer, 'POST /_emulator/reset?everything=true': answer })
  t.strictSame(await runCommand(['reset', '--url', url]), says('the world of the start: 1 title, 1 achievement, 1 user\n'))
  t.strictSame(await runCommand(['reset', '--everything', '--json', '--url', url]), says(`${JSON.stringify(answer)}\n`))
  t.strictSame(await runCommand(['reset', 'all', '--url', url]), refuses("too many arguments for 'reset'. Expected 0 arguments but got 1: all."))
  t.strictSame(asked, ['POST /_emulator/reset', 'POST /_emulator/reset?everything=true'])
})
