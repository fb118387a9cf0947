/** A row as SQLite returns it. */
export type Row = Readonly<Record<string, any>>

/** The values of rows by their `owner`, in the order of the rows. */
export function groupByOwner<R extends Row, T> (rows: Iterable<R>, read: (row: R) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row['owner'])
    if (group === undefined) groups.set(row['owner'], [read(row)])
    else group.push(read(row))
  }
  return groups
}

/** A list or an object as the database has it. */
export const json = JSON.stringify
/** A boolean as the database has it. */
export const toBit = Number
