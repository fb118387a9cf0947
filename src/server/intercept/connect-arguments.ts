/** What `tls.connect` and `connect` of `net.Socket` are called with, in any of their forms, as far as it is read here. */
interface ConnectArguments {
  readonly options: {
    readonly host?: unknown
    readonly port?: unknown
    readonly path?: unknown
    readonly servername?: unknown
    readonly socket?: unknown
  }
  readonly callback: (() => void) | undefined
}

/** Reads `(options)`, `(path)`, `(port, host)`, each with a callback behind it, for TLS with options before that, and the one array into which Node gathers them. */
export function readConnectArguments (args: readonly unknown[]): ConnectArguments {
  if (Array.isArray(args[0])) return readConnectArguments(args[0])
  const last = args.at(-1)
  return { options: readConnectOptions(args), callback: typeof last === 'function' ? last as () => void : undefined }
}

function readConnectOptions (args: readonly unknown[]): ConnectArguments['options'] {
  const [first, second] = args
  const objects = args.filter((each) => typeof each === 'object' && each !== null)
  // Not a copy: what Node reads of it may be inherited.
  if (objects.length === 1 && first === objects[0]) return first as object
  const isPath = typeof first === 'string' && !(Number(first) >= 0)
  return Object.assign({}, isPath ? { path: first } : { port: first }, typeof second === 'string' && { host: second }, ...objects)
}
