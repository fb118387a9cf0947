import t from 'tap'
import { describeScore, describeSignInError, nameUsers, SEEN_BY_WORDS, shorten, SIGN_IN_ERRORS, suggestXuid, userRoute } from '../../../src/console/text/user-words.ts'
import { PRIVACY_SETTINGS } from '../../../src/model/user.ts'
import { XErr } from '../../../src/model/xerr.ts'

const ENGLISH = { locale: 'en-GB' }
const named = (...gamertags: string[]) => gamertags.map((gamertag) => ({ gamertag }))

t.test('every privacy setting and every known sign-in error has words', async (t) => {
  t.strictSame(Object.keys(SEEN_BY_WORDS), PRIVACY_SETTINGS)
  t.strictSame(SIGN_IN_ERRORS.map(({ code }) => code), Object.values(XErr).sort())
  t.equal(describeSignInError(XErr.childWithoutFamily), '2148916238, a child who is in no family')
  t.equal(describeSignInError(7), '7')
})

t.test('users in a few words', async (t) => {
  t.equal(nameUsers([]), 'nobody')
  t.equal(nameUsers(named('gamer')), 'gamer')
  t.equal(nameUsers(named('gamer', 'friend')), 'gamer and friend')
  t.equal(nameUsers(named('gamer', ...Array(1234).fill('x')), ENGLISH), 'gamer and 1,234 others')
  t.equal(shorten('a'.repeat(60)), 'a'.repeat(60))
  t.equal(shorten('a'.repeat(61)), `${'a'.repeat(59)}…`)
  t.equal(shorten('😀😀😀', 3), '😀😀…')
})

t.test('a score in words', async (t) => {
  t.equal(describeScore({ gamerscore: 0, possibleGamerscore: 0, titlesPlayed: 0 }), 'No title played')
  t.equal(describeScore({ gamerscore: 10, possibleGamerscore: 1000, titlesPlayed: 1 }, ENGLISH), '10 of 1,000 G in 1 title')
  t.equal(describeScore({ gamerscore: 1240, possibleGamerscore: 3000, titlesPlayed: 1200 }, ENGLISH), '1,240 of 3,000 G in 1,200 titles')
})

t.test('an XUID for a new user, and the path of one', async (t) => {
  t.equal(suggestXuid(0), '2533274000000000')
  t.equal(suggestXuid(0.9999999999), '2533274999999999')
  t.equal(userRoute('1'), '/_emulator/users/1')
  t.equal(userRoute('a/b', '/friends'), '/_emulator/users/a%2Fb/friends')
})
