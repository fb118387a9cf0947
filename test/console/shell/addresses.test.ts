import { untilAllRead } from '../all-read.ts'
import { browserTest, openConsole } from '../browser.ts'
import { until } from '../until.ts'

browserTest('back, forward, reload and a copied address lead to the same place', async (t) => {
  const { page, open, url } = await openConsole(t)
  const here = async (): Promise<string> => (await page.getByRole('navigation', { name: 'Places' }).locator('[aria-current=page]').textContent() ?? '').trim()
  await until(t, here, 'Users')
  for (const name of ['Requests', 'Weather', 'World']) {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name }).click()
    await until(t, here, name)
    await until(t, () => page.url(), `${url}/#/${name.toLowerCase()}`)
  }
  await page.goBack()
  await until(t, here, 'Weather')
  await page.goForward()
  await until(t, here, 'World')
  await page.reload()
  await until(t, here, 'World')
  const copied = await open()
  await copied.goto(page.url())
  await copied.getByRole('heading', { level: 1, name: 'World' }).waitFor()
  await until(t, async () => (await copied.title()).startsWith('World · '), true, 'the title says it, too')
})

browserTest('an address that nobody has made shows a place, and breaks nothing', async (t) => {
  const { page, url } = await openConsole(t, { expected: [/status of 40[04]/] })
  for (const fragment of ['#/%', '#/users/%ff%00', '#/users/1/titles/x?state=%ff', '#//', '#/nothing', `#/users/${'9'.repeat(5000)}`, '#/users?<img src=x onerror=alert(1)>', '#/world?a=1&a=2', '#javascript:alert(1)']) {
    await page.goto(`${url}/${fragment}`)
    await untilAllRead(page)
    t.ok(await page.getByRole('main').getByRole('heading', { level: 1 }).count() > 0, fragment.slice(0, 60))
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
  }
})
