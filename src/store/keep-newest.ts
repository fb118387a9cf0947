/**
 * SQL that deletes the rows of a table to which a condition applies, but for the newest.
 *
 * @param condition may have parameters of its own.
 * @param kept how many rows stay: a number, or a parameter.
 */
export const keepNewest = (table: string, { condition, kept }: { condition: string, kept: number | string }): string => `
  DELETE FROM ${table} WHERE ${condition} AND row <= (
    SELECT row FROM ${table} WHERE ${condition} ORDER BY row DESC LIMIT 1 OFFSET ${kept})`
