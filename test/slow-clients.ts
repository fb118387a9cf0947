import type { Server, Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setInterval } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/**
 * The next connection of a server, and its end. Nothing listens for errors here: those that the
 * emulator does not hear end the test.
 */
export function accepted (server: Server, event: 'connection' | 'secureConnection' = 'connection'): Promise<{ closed: Promise<unknown> }> {
  return new Promise((resolve) => server.once(event, (socket: Socket) => {
    resolve({ closed: new Promise((resolve) => socket.once('close', resolve)) })
  }))
}

/** An answer that does not fit what the system keeps of one that nobody reads, and one that does not end. */
export function serveMuch (app: FastifyInstance): void {
  app.get('/much', () => Buffer.alloc(64 * 1024 * 1024))
  app.get('/trickle', (_request, reply) => { reply.send(Readable.from(setInterval(1, 'x'))) })
}
