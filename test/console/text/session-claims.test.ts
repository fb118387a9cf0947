import t from 'tap'
import { describeClaims, findSession, hasEnded, sandboxesFor, type ListedSession } from '../../../src/console/text/session-claims.ts'

const NOW = '2020-06-15T12:00:00.0000000Z'
const session = (token: string, members: Partial<ListedSession> = {}): ListedSession => ({
  authorization: `XBL3.0 x=h;${token}`, userHash: 'h', token, xuid: '1', titleId: 7, sandbox: 'RETAIL', location: 'DE', thirdPartySite: false, expires: null, ...members
})
const WANTED = { xuid: '1', titleId: 7, sandbox: 'RETAIL' }

t.test('a session with the claims that are wanted', async (t) => {
  const plain = session('plain')
  for (const [what, other] of Object.entries({
    user: { xuid: '2' }, 'no user': { xuid: null }, title: { titleId: 8 }, 'no title': { titleId: null }, sandbox: { sandbox: 'XDKS.1' }, 'no sandbox': { sandbox: null }, site: { thirdPartySite: true }
  })) {
    const different = session('other', other)
    t.equal(findSession([different, plain], WANTED, NOW), plain, `another ${what}`)
    t.equal(findSession([different], WANTED, NOW), undefined, `another ${what} alone`)
    t.equal(findSession([plain, different], { ...WANTED, ...other }, NOW), different, `${what} is wanted`)
  }
})

t.test('a location matters when it is named', async (t) => {
  const [german, nowhere] = [session('de'), session('none', { location: null })]
  t.equal(findSession([german, nowhere], WANTED, NOW), german)
  t.equal(findSession([german, nowhere], { ...WANTED, location: null }, NOW), nowhere)
  t.equal(findSession([german, nowhere], { ...WANTED, location: 'FR' }, NOW), undefined)
})

t.test('one that has ended is no use, and one that never ends is the best', async (t) => {
  const [ended, ending, later, endless] = [session('0', { expires: NOW }), session('1', { expires: '2020-06-15T12:00:00.0000001Z' }), session('2', { expires: '2030-01-01T00:00:00.0000000Z' }), session('3')]
  t.strictSame([ended, ending, endless].map((each) => hasEnded(each, NOW)), [true, false, false])
  t.equal(findSession([ended, ending, later, endless], WANTED, NOW), endless)
  t.equal(findSession([ended, ending, later], WANTED, NOW), ending)
  t.equal(findSession([ended], WANTED, NOW), undefined)
})

t.test('claims in words', async (t) => {
  t.equal(describeClaims(session('x')), 'title 7 · RETAIL · DE')
  t.equal(describeClaims(session('x', { titleId: null, sandbox: null, location: null, thirdPartySite: true })), 'no title · no sandbox · web site')
  t.equal(describeClaims(WANTED), 'title 7 · RETAIL')
})

t.test('the sandboxes of a title come first', async (t) => {
  const titles = [{ titleId: 1, sandboxes: ['XDKS.2'] }, { titleId: 2, sandboxes: ['XDKS.9', 'XDKS.1'] }]
  t.strictSame(sandboxesFor(titles, 2), ['XDKS.9', 'XDKS.1', 'XDKS.2', 'RETAIL'])
  t.strictSame(sandboxesFor(titles, null), ['XDKS.1', 'XDKS.2', 'XDKS.9', 'RETAIL'])
  t.strictSame(sandboxesFor([], 1), ['RETAIL'])
})
