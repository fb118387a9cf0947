import { browserTest, openConsole } from './browser.ts'

browserTest('the page is shown, and says that it is connected', async (t) => {
  const { page, errors, elsewhere } = await openConsole(t)
  await page.getByRole('banner').getByText('connected', { exact: true }).waitFor()
  t.equal(await page.title(), 'xbl-achievements-emulator')
  t.strictSame(errors, [])
  t.strictSame(elsewhere, [])
})
