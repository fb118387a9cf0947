/** Does something without the rights of root, to whom every file can be written. */
export function withoutRoot (work: () => void): void {
  const user = process.geteuid?.()
  if (user === 0) process.seteuid?.(65_534)
  try {
    work()
  } finally {
    if (user === 0) process.seteuid?.(0)
  }
}
