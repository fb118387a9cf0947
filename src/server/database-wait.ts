import type { FastifyInstance } from 'fastify'
import type { WriteQueue } from '../store/write-queue.ts'

/**
 * Lets every request whose handler finds the database locked wait its turn: the handler is called
 * again. It therefore reads and checks first, writes in one transaction, and sends last.
 */
export function waitForDatabase (app: FastifyInstance, queue: WriteQueue): void {
  app.addHook('onRoute', (route) => {
    const { handler } = route
    route.handler = function (request, reply) {
      const outcome: unknown = queue.run(() => handler.call(this, request, reply))
      // A handler that has sent its answer returns nothing; of a promise Fastify would take that for the answer.
      return outcome instanceof Promise ? outcome.then((body) => body ?? reply) : outcome
    }
  })
  // Before the server waits for what is under way.
  app.addHook('preClose', async () => queue.close())
}
