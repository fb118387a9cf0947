import type { Database } from 'better-sqlite3'

/** How many sandboxes are told. */
const MOST_TOLD_SANDBOXES = 100

/** What a world is, without what is in it. */
export interface WorldDescription {
  /** Where it comes from, as messages name it. */
  readonly source: string
  /** Whether something was merged into it: to compare it with the start then takes as long as there are users. */
  readonly isMerged: boolean
  /** How large it is. */
  readonly world: { readonly titles: number, readonly achievements: number, readonly users: number, readonly sessions: number }
  /** Where titles are published and how many, the first hundred in the order of their names. */
  readonly sandboxes: Array<{ readonly sandbox: string, readonly titles: number }>
}

/** Prepares to describe the world. */
export function prepareDescription (database: Database): () => WorldDescription {
  const find = database.prepare<[], { source: string, isMerged: number }>('SELECT source, baseline IS NOT NULL AS isMerged FROM world')
  const count = database.prepare<[], WorldDescription['world']>(`
    SELECT (SELECT count(*) FROM title) AS titles, (SELECT count(*) FROM achievement) AS achievements,
      (SELECT count(*) FROM person) AS users, (SELECT count(*) FROM session) AS sessions`)
  const listSandboxes = database.prepare<[], { sandbox: string, titles: number }>(`
    SELECT sandbox, count(*) AS titles FROM publication GROUP BY sandbox ORDER BY sandbox LIMIT ${MOST_TOLD_SANDBOXES}`)
  return () => {
    const { source, isMerged } = find.get() as { source: string, isMerged: number }
    return { source, isMerged: isMerged === 1, world: count.get() as WorldDescription['world'], sandboxes: listSandboxes.all() }
  }
}
