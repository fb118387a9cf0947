import { browserTest, openConsole } from './browser.ts'

/** Of each reader: the end of the score of a title, and an unlock at 2015-03-14T19:42:07 UTC. */
const READERS = [
  ['de-DE', 'America/St_Johns', '/ 1.000 G', '14.03.2015, 17:12:07'],
  ['ja-JP', 'Asia/Tokyo', '/ 1,000 G', '2015/03/15 04:42:07'],
  ['en-US', 'America/Los_Angeles', '/ 1,000 G', '03/14/2015, 12:42:07']
] as const

for (const [locale, timezoneId, score, instant] of READERS) {
  browserTest(`numbers and instants for a reader in ${locale} and ${timezoneId}`, async (t) => {
    const { page } = await openConsole(t, { locale, timezoneId, at: '#/users/2533274790412952/titles/1660944384' })
    await page.getByText(score).first().waitFor()
    const time = page.getByRole('row').filter({ hasText: 'First Light' }).getByRole('time')
    t.equal(await time.textContent(), instant)
    t.match(await time.getAttribute('title'), /^2015-03-14T19:42:07\.\d{7}Z$/)
    t.ok(await time.evaluate(({ parentElement: cell }) => cell !== null && cell.scrollWidth <= cell.clientWidth), 'none of it is cut off')
  })
}
