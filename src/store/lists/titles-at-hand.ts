import type { Database } from 'better-sqlite3'
import type { EmptyList, TitlesAtHand } from '../../rules/empty-list.ts'

/** How many sandboxes are named. */
const MOST_SANDBOXES_NAMED = 5

type TitlesRow = Readonly<Record<Exclude<keyof TitlesAtHand, 'sandboxes'>, number>> & { readonly sandboxes: string }

/** Prepares to find which of the titles that an empty list asks for there are, for a hint: nothing else needs it. */
export function prepareTitlesAtHand (database: Database): (list: EmptyList) => TitlesAtHand {
  const asked = '(:titleIds IS NULL OR title_id IN (SELECT value FROM json_each(:titleIds)))'
  const isHere = 'title_id IN (SELECT title_id FROM publication WHERE sandbox = :sandbox)'
  const find = database.prepare<{ generation: string, sandbox: string, titleIds: string | null }, TitlesRow>(`
    SELECT EXISTS (SELECT 1 FROM title WHERE ${asked}) AS "any",
      EXISTS (SELECT 1 FROM title WHERE generation = :generation AND ${asked}) AS ofGeneration,
      EXISTS (SELECT 1 FROM title WHERE generation = :generation AND ${asked} AND ${isHere}) AS listed,
      EXISTS (SELECT 1 FROM title WHERE generation <> :generation AND ${asked} AND ${isHere}) AS ofOther,
      (SELECT json_group_array(sandbox) FROM (
        SELECT DISTINCT sandbox FROM publication JOIN title USING (title_id) WHERE generation = :generation AND ${asked} ORDER BY sandbox LIMIT ${MOST_SANDBOXES_NAMED}
      )) AS sandboxes`)
  return ({ generation, sandbox, titleIds }) => {
    const { any, ofGeneration, listed, ofOther, sandboxes } = find.get({ generation, sandbox, titleIds: titleIds && JSON.stringify(titleIds) }) as TitlesRow
    return { any: any === 1, ofGeneration: ofGeneration === 1, listed: listed === 1, ofOther: ofOther === 1, sandboxes: JSON.parse(sandboxes) }
  }
}
