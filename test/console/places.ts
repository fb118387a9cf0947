import type { Page } from 'playwright-core'
import { GAMER } from '../helper.ts'
import { untilAllRead } from './all-read.ts'
import { LANTERN } from './lively.ts'

/** Each place that the page has, by the name of its screenshot, and the fragment of its address. */
export const PLACES: Readonly<Record<string, string>> = {
  users: '#/users',
  user: `#/users/${GAMER}`,
  title: `#/users/${GAMER}/titles/${LANTERN.titleId}`,
  requests: '#/requests',
  weather: '#/weather',
  world: '#/world'
}

/** Goes to a place, and waits until it has read all that it shows. */
export async function goToPlace (page: Page, fragment: string): Promise<void> {
  const url = new URL(page.url())
  await page.goto(`${url.origin}/${fragment}`)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await untilAllRead(page)
}
