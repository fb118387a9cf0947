import t from 'tap'
import { GAMER, LARGE_TITLE } from '../helper.ts'
import { start } from '../in-process.ts'
import { thrownBy } from '../thrown-error.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

t.test('what a user has done, without filters', async (t) => {
  const emulator = await start(t)
  t.equal(emulator.userTitles('gamer').length, 8)
  t.equal(emulator.userTitles(GAMER, { search: 'lantern', sandbox: 'RETAIL' }).length, 2)
  t.equal(emulator.userTitle('gamer', LARGE_TITLE, { sandbox: 'XDKS.1' }).achievements, 0)
  t.equal(emulator.userAchievements('gamer', LARGE_TITLE).length, 48)
  t.strictSame(emulator.userAchievements('gamer', LARGE_TITLE, { search: 'Stowaway' }).map(({ id, rarity }) => [id, rarity]), [[5, null]])
  t.ok(emulator.unlocks('gamer').length > 18)
  t.strictSame(emulator.unlocks('gamer', { sandbox: 'XDKS.1' }), [])
})

t.test('changes, and what restores what was there', async (t) => {
  const emulator = await start(t)
  const before = emulator.world()
  const taken = emulator.resetAchievements('gamer')
  t.equal(emulator.unlocks('gamer').length, 0)
  emulator.changeProgress('gamer', taken)
  t.strictSame(emulator.world(), before)
  const was = emulator.changeProgress('gamer', { achievements: [{ serviceConfigId: SCID, id: 9, percentComplete: 100 }] })
  t.equal(emulator.userTitle('gamer', LARGE_TITLE).unlocked, 19)
  emulator.changeProgress('gamer', was)
  t.strictSame(emulator.world(), before)
})

t.test('what is refused', async (t) => {
  const emulator = await start(t)
  const any = (value: unknown): any => value
  for (const [call, message] of [
    [() => emulator.userTitles('gamer', any({ title: 1 })), 'The filter, at /title: unknown member; known are search, sandbox.'],
    [() => emulator.userTitle('gamer', 1), 'There is no title 1.'],
    [() => emulator.changeProgress('gamer', any(null)), 'The changes: found null, expected an object.'],
    [() => emulator.unlocks(any(7)), 'The user is 7; expected a XUID in quotes, or a gamertag.']
  ] as const) t.match(thrownBy(call), { message: message.startsWith('The filter') ? /unknown member/ : message })
})
