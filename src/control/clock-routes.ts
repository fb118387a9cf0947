import type { Static } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { AdjustableClock } from '../base/clock.ts'
import { formatInstant } from '../base/instant.ts'
import { ClockBody } from './body-schemas.ts'
import { adjustClock } from './adjust-clock.ts'

/** What time it is. */
export function clockRoutes (app: FastifyInstance, clock: AdjustableClock): void {
  const describe = (): object => {
    const { frozen, offset } = clock.state()
    return { now: formatInstant(clock.now()), isFrozen: frozen !== null, offset }
  }

  app.get('/_emulator/clock', describe)

  app.put<{ Body: Static<typeof ClockBody> }>('/_emulator/clock', { schema: { body: ClockBody } }, (request) => {
    adjustClock(clock, request.body)
    return describe()
  })

  app.delete('/_emulator/clock', (_request, reply) => {
    clock.shift(0)
    reply.code(204).send()
  })
}
