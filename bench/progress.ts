/** Says on standard error how far a long work is: at each tenth, on a terminal in one line. @param total how many steps there are. */
export function sayProgress (what: string, total: number): (done: number) => void {
  let shown = -1
  const { stderr } = process
  return (done) => {
    const tenth = Math.floor(done / total * 10)
    if (tenth === shown) return
    shown = tenth
    if (stderr.isTTY) stderr.write(`\r\u001b[K${what}: ${tenth * 10} %${tenth === 10 ? '\n' : ''}`)
    else stderr.write(`${what}: ${tenth * 10} %\n`)
  }
}
