/** How large a generated world is. */
export interface WorldSize {
  readonly titles: number
  /** Of each title. */
  readonly achievements: number
  readonly users: number
  /** Another world for each. */
  readonly seed: number
}
