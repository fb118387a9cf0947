import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import tls from 'node:tls'
import type { Done } from './diversion.ts'
import { Interception, type WrittenChunk, type Destination } from './interception.ts'
import type { Names } from './names.ts'

/** Where the function that opens connections has the interception that replaced it. */
const LAYER = Symbol('interception')

/**
 * Redirects this process's own connections to some hosts to an emulator: those of every client, for each of
 * them opens its connections with `tls.connect` and `connect` of `net.Socket`, and what is written to one comes
 * to `_write`, `_writev` and `_final` of `net.Socket`. Connections to other hosts are not affected. When several
 * interceptions name the same host, the latest one that is active has it: the connections of the one before end.
 *
 * @returns a function that ends the interception, and its connections, which a client would otherwise reuse.
 */
export function intercept (names: Names, target: Destination): () => void {
  const connect = (): { [LAYER]?: Interception } => Socket.prototype.connect as object
  connect()[LAYER]?.endConnections()
  const layer = new Interception(names, target)
  const restores = [
    replace(tls, 'connect', (original) => function (this: unknown, ...args: unknown[]) {
      return layer.connectSecurely(args) ?? Reflect.apply(original, this, args)
    }),
    replace(Socket.prototype, 'connect', (original) => function (this: Socket, ...args: unknown[]) {
      return layer.connect(this, args) ?? Reflect.apply(original, this, args)
    }),
    replace(Socket.prototype, '_write', (original) => function (this: Socket, chunk: string | Buffer, encoding: BufferEncoding, done: Done) {
      const write = layer.write(this, chunk, encoding)
      return write === undefined ? original.call(this, chunk, encoding, done) : write(chunk, encoding, done)
    }),
    replace(Socket.prototype, '_writev', (original) => function (this: Socket, chunks: WrittenChunk[], done: Done) {
      return layer.writeAll(this, chunks, done) ?? Reflect.apply(original, this, [chunks, done])
    }),
    replace(Socket.prototype, '_final', (original) => function (this: Socket, done: Done) {
      return layer.endWriting(this, done) ?? Reflect.apply(original, this, [done])
    })
  ]
  connect()[LAYER] = layer
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
  const original = members[name] as AnyFunction
  const replacement = make(original)
  members[name] = replacement
  return () => {
    if (members[name] === replacement) members[name] = original
  }
}
