/** What a command cannot do; the message is one line that says how to mend it. */
export class CommandError extends Error {
  override name = 'CommandError'
}
