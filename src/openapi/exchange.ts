/**
 * An example: a request to the demo world, and its answer. A member that is left out is not sent. The document of another world has
 * it in the words of that world: see recast.ts.
 */
export interface Exchange {
  readonly summary: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The Authorization header. */
  readonly authorization?: string
  readonly status: number
  readonly answer?: unknown
  /** What is different in another world; null: only the demo world has this. */
  readonly elsewhere?: Partial<Omit<Exchange, 'elsewhere'>> | null
}

/** The examples of an operation, by name. */
export type Exchanges = Readonly<Record<string, Exchange>>
