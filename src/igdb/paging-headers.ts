import type { FastifyReply } from 'fastify'

/** Says how many records the whole list has and, while something follows, where: the headers of a scroll. */
export function describePage (reply: FastifyReply, total: number, cursor: string | null): void {
  reply.header('x-count', total)
  if (cursor !== null) reply.header('x-next-page', `/achievements/scroll/${cursor}`)
}
