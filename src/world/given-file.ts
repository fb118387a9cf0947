/** A file that somebody sends: its text without a byte order mark. */
export interface GivenFile {
  /** With the folders that it is in, delimited by slashes. */
  readonly name: string
  readonly text: string
  /** What its text was decoded from. */
  readonly encoding: 'UTF-8' | 'UTF-16'
}
