import { untilAllRead } from '../all-read.ts'
import { browserTest, openConsole } from '../browser.ts'
import { until } from '../until.ts'

browserTest('the page is shown, and says that it is connected', async (t) => {
  const { page, url, errors, elsewhere } = await openConsole(t)
  await page.getByRole('status').getByText('connected', { exact: true }).waitFor()
  await until(t, async () => await page.title(), `Users · ${new URL(url).host}`)
  await untilAllRead(page)
  t.strictSame(errors, [])
  t.strictSame(elsewhere, [])
})
