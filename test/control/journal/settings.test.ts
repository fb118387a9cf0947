import t from 'tap'
import { startEmulator, XblError } from '../../../src/index.ts'
import { build, GAMER, listOf } from '../../helper.ts'
import { thrownBy } from '../../thrown-error.ts'
import { command, control, refusal } from '../client.ts'

const LIST = listOf(GAMER)

const answersIn = async (emulator: Parameters<typeof command>[0]): Promise<boolean[]> => (await command(emulator, 'GET', '/requests')).requests.map(({ answer }: any) => answer !== null)

t.test('answers are kept from now on, and no longer', async (t) => {
  const emulator = build(t)
  t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: false, size: 1000 })
  await emulator.get(LIST)
  t.strictSame(await command(emulator, 'PUT', '/requests/settings', { answers: true }), { answers: true, size: 1000 })
  t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: true, size: 1000 })
  await emulator.get(LIST)
  t.strictSame(await command(emulator, 'PUT', '/requests/settings', { answers: false }), { answers: false, size: 1000 })
  await emulator.get(LIST)
  t.strictSame(await answersIn(emulator), [false, true, false])
})

t.test('whoever follows the changes is told of settings that change, and of a journal that is emptied', async (t) => {
  const emulator = build(t, { config: { journalAnswers: true, journal: 5 } })
  const told: unknown[] = []
  emulator.emulator.services.feed.listen(({ change }) => { told.push(change) })
  await command(emulator, 'PUT', '/requests/settings', { answers: true })
  await command(emulator, 'PUT', '/requests/settings', { answers: false })
  await command(emulator, 'DELETE', '/requests')
  await command(emulator, 'POST', '/reset')
  t.strictSame(told, [
    { kind: 'journal', what: 'settings', answers: false },
    { kind: 'journal', what: 'cleared', answers: false },
    { kind: 'world', what: 'reset' }
  ])
})

t.test('a reset of everything goes back to the option', async (t) => {
  for (const journalAnswers of [false, true]) {
    const emulator = build(t, { config: { journalAnswers } })
    await command(emulator, 'PUT', '/requests/settings', { answers: !journalAnswers })
    await command(emulator, 'POST', '/reset')
    t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: !journalAnswers, size: 1000 })
    await command(emulator, 'POST', '/reset?everything=true')
    t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: journalAnswers, size: 1000 })
  }
})

t.test('what are no settings is refused', async (t) => {
  const emulator = build(t)
  for (const [body, message] of [
    [undefined, 'The body: missing, expected an object.'],
    [{}, 'The body, at /answers: missing, expected true or false.'],
    [{ answers: 'yes' }, 'The body, at /answers: found "yes", expected true or false.'],
    [{ answers: true, size: 5 }, 'The body, at /size: unknown member; known are answers.'],
    [[], 'The body: found [], expected an object.']
  ] as const) {
    t.match(await control(emulator, 'PUT', '/requests/settings', body), { status: 400, body: refusal(4000, message) }, JSON.stringify(body))
  }
  t.match(await control(emulator, 'GET', '/requests/settings?answers=true'), { status: 400 })
  t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: false, size: 1000 })
})

t.test('a journal that keeps nothing has no place for answers', async (t) => {
  const emulator = build(t, { config: { journal: 0 } })
  t.strictSame(await command(emulator, 'GET', '/requests/settings'), { answers: false, size: 0 })
  t.match(await control(emulator, 'PUT', '/requests/settings', { answers: true }), { status: 400, body: refusal(4000, 'The journal keeps no request (--journal 0), so it has no place for answers.') })
  t.strictSame(await command(emulator, 'PUT', '/requests/settings', { answers: false }), { answers: false, size: 0 })
})

t.test('the methods do the same', async (t) => {
  const emulator = await startEmulator()
  t.teardown(emulator.close)
  t.strictSame(emulator.setJournalSettings({ answers: true }), { answers: true, size: 1000 })
  t.strictSame(emulator.journalSettings(), { answers: true, size: 1000 })
  t.ok(thrownBy(() => emulator.setJournalSettings({ answers: 1 } as never)) instanceof XblError)
})
