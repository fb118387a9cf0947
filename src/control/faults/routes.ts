import type { FastifyInstance } from 'fastify'
import type { Faults } from './faults.ts'
import { FaultChangeBody, FaultSpec } from './schema.ts'
import { faultTableRoutes } from './table-routes.ts'

/** Routes with which a test sets up faults of requests. */
export const faultRoutes = (app: FastifyInstance, faults: Faults): void =>
  faultTableRoutes<FaultSpec>(app, { faults, path: '/_emulator/faults', body: FaultSpec, changeBody: FaultChangeBody })
