import { browserTest, openConsole } from '../browser.ts'

browserTest('the page is shown, and says that it is connected', async (t) => {
  const { page, url, errors, elsewhere } = await openConsole(t)
  await page.getByRole('status').getByText('connected', { exact: true }).waitFor()
  t.equal(await page.title(), `Users · ${new URL(url).host}`)
  t.strictSame(errors, [])
  t.strictSame(elsewhere, [])
})
