import t from 'tap'
import { achievementsPath, readUserView, serviceRequestOf, titlePath, titlesPath, unlocksPath, placeOfUser } from '../../../src/console/text/user-view.ts'

const USUAL = { sandbox: 'RETAIL', state: 'all', orderBy: 'Unordered', locale: '', q: '' }

t.test('an address says what is seen; a word that it cannot mean is as if it were not there', async (t) => {
  t.strictSame(readUserView({}), USUAL)
  const given = { sandbox: 'XDKS.1', state: 'locked', orderBy: 'UnlockTime', locale: 'de-DE', q: 'light' }
  t.strictSame(readUserView(given), given)
  t.strictSame(readUserView({ sandbox: '', state: 'toString', orderBy: 'title' }), USUAL)
})

t.test('paths of the control API name what differs from nothing', async (t) => {
  t.equal(titlesPath('1', USUAL), '/_emulator/users/1/titles?sandbox=RETAIL')
  t.equal(titlesPath('1', { ...USUAL, q: 'a&b' }), '/_emulator/users/1/titles?sandbox=RETAIL&search=a%26b')
  t.equal(titlePath('1', '7', USUAL), '/_emulator/users/1/titles/7?sandbox=RETAIL')
  t.equal(achievementsPath('1', '7', USUAL), '/_emulator/users/1/titles/7/achievements?sandbox=RETAIL&state=all&orderBy=Unordered')
  t.equal(achievementsPath('1', '7', { ...USUAL, locale: 'de', q: 'x' }), '/_emulator/users/1/titles/7/achievements?sandbox=RETAIL&state=all&orderBy=Unordered&locale=de&search=x')
  t.equal(achievementsPath('1', '7', USUAL, true), '/_emulator/users/1/titles/7/achievements?sandbox=RETAIL&state=all&orderBy=Unordered&rarity=true')
  t.equal(unlocksPath('1', undefined, USUAL), '/_emulator/users/1/unlocks?sandbox=RETAIL&limit=1000')
  t.equal(unlocksPath('1', '7', USUAL), '/_emulator/users/1/unlocks?sandbox=RETAIL&titleId=7&limit=1000')
})

t.test('the place of a user, and of a title of the user, says which sandbox is seen', async (t) => {
  t.strictSame(placeOfUser('1', USUAL), { path: ['users', '1'], query: { sandbox: '' } })
  t.strictSame(placeOfUser('1', { sandbox: 'XDKS.1' }, 7), { path: ['users', '1', 'titles', '7'], query: { sandbox: 'XDKS.1' } })
})

t.test('the request with which a client asks for the same', async (t) => {
  const modern = { titleId: 7, generation: 'modern' }
  const old = { titleId: 8, generation: 'xbox360' }
  const V2 = { 'x-xbl-contract-version': '2' }
  const V1 = { 'x-xbl-contract-version': '1' }
  t.strictSame(serviceRequestOf('1', undefined, USUAL), { method: 'GET', path: '/users/xuid(1)/history/titles', headers: V2 })
  t.strictSame(serviceRequestOf('1', modern, USUAL), { method: 'GET', path: '/users/xuid(1)/achievements?titleId=7', headers: V2 })
  t.strictSame(serviceRequestOf('1', modern, { ...USUAL, state: 'unlocked', orderBy: 'UnlockTime', locale: 'de-DE' }), {
    method: 'GET', path: '/users/xuid(1)/achievements?titleId=7&unlockedOnly=true&orderBy=UnlockTime', headers: { ...V2, 'accept-language': 'de-DE' }
  })
  t.strictSame(serviceRequestOf('1', old, USUAL), { method: 'GET', path: '/users/xuid(1)/titleachievements?titleId=8', headers: V1 })
  t.strictSame(serviceRequestOf('1', old, { ...USUAL, state: 'unlocked' }), { method: 'GET', path: '/users/xuid(1)/achievements?titleId=8&unlockedOnly=true', headers: V1 })
})
