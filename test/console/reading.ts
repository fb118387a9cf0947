import type { Locator, Page } from 'playwright-core'

/** What stands in the cells of a table, row by row, heads of columns and rows included; blanks as one. */
export const readTable = async (table: Locator): Promise<string[][]> => await table.getByRole('row').evaluateAll((rows) => rows.map((row) =>
  Array.from(row.querySelectorAll('td, th, [role=cell], [role=gridcell], [role=columnheader], [role=rowheader]'), ({ textContent }) => textContent.replace(/\s+/g, ' ').trim())))

/** What stands in each item of a list. */
export const readList = async (list: Locator): Promise<string[]> => (await list.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())

/** The role and the name of what has the focus, as a screen reader has them: `button "Unlock"`; null: nothing has it. */
export async function readFocus (page: Page): Promise<string | null> {
  const focused = page.locator('*:focus')
  if (await focused.count() === 0) return null
  return (await focused.first().ariaSnapshot()).split('\n')[0]?.replace(/^- /, '').replace(/:$/, '') ?? ''
}

/** Presses keys one after another, as `KeyboardEvent.key` has them. */
export async function press (page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
