import type { FastifySchema } from 'fastify'
import { describeOperation, type Operation } from '../operation.ts'

const tags = ['Emulator']

type Own = Omit<Operation, 'tags' | 'security'>

/** An operation that anybody may ask for. */
export const describeOpen = (operation: Own): FastifySchema => describeOperation({ tags, security: [], ...operation })

/** One that needs the control key, where there is one. */
export const describeControl = (operation: Own): FastifySchema => describeOperation({ tags, security: [{ controlKey: [] }, {}], ...operation })
