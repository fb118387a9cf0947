import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import tls from 'node:tls'
import type { WriteArguments } from './diversion.ts'
import { Interception, type Destination } from './interception.ts'
import type { Names } from './names.ts'

/**
 * Redirects this process's own connections to some hosts to an emulator: those of every client, for each of
 * them opens its connections with `tls.connect` and `connect` of `net.Socket`, and writes to them with `write`
 * of `net.Socket`. Connections to other hosts are not affected. When several interceptions name the same
 * host, the latest one that is active has it.
 *
 * @returns a function that ends the interception, and its connections, which a client would otherwise reuse.
 */
export function intercept (names: Names, target: Destination): () => void {
  const layer = new Interception(names, target)
  const restores = [
    replace(tls, 'connect', (original) => function (this: unknown, ...args: unknown[]) {
      return layer.connectSecurely(args) ?? Reflect.apply(original, this, args)
    }),
    replace(Socket.prototype, 'connect', (original) => function (this: Socket, ...args: unknown[]) {
      return layer.connect(this, args) ?? Reflect.apply(original, this, args)
    }),
    replace(Socket.prototype, 'write', (original) => function (this: Socket, ...args: unknown[]) {
      return layer.write(this, args as WriteArguments) ?? Reflect.apply(original, this, args)
    })
  ]
  // Also the named exports.
  syncBuiltinESMExports()
  return () => {
    layer.end()
    for (const restore of restores) restore()
    syncBuiltinESMExports()
  }
}

type AnyFunction = (...args: any[]) => any

/** Replaces a function. What is returned puts it back, unless somebody else has replaced it meanwhile. */
function replace (object: object, name: string, make: (original: AnyFunction) => AnyFunction): () => void {
  const members = object as Record<string, AnyFunction>
  const isOwn = Object.hasOwn(members, name)
  const original = members[name] as AnyFunction
  const replacement = make(original)
  members[name] = replacement
  return () => {
    if (members[name] !== replacement) return
    if (isOwn) members[name] = original
    else delete members[name]
  }
}
