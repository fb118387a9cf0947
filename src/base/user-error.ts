/** An error whose message is for a person: it says what is wrong and how to mend it. Any other error is a defect, and is shown with its stack. */
export class UserError extends Error {}

/** A command cannot do what it was called for; the message is one line. */
export class CommandError extends UserError {
  override name = 'CommandError'
}
