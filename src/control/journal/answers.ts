import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { joinHeaders, type RecordedAnswer } from './entry.ts'

/** The longest body of an answer that the journal stores, in bytes: six pages of the usual length. */
const LONGEST_JOURNAL_ANSWER = 256 * 1024

declare module 'fastify' {
  interface FastifyRequest {
    /** Returns what was answered so far; undefined unless answers are kept. */
    readAnswer?: () => RecordedAnswer
  }
}

/**
 * Keeps what is written in answer to a request. It is taken at the response itself: lists are sent past Fastify's hooks, and
 * a fault may lose what Fastify has sent.
 */
export function keepAnswer (request: FastifyRequest, response: ServerResponse): void {
  const { writeHead, write, end } = response
  const chunks: Buffer[] = []
  let bytes = 0
  let head: OutgoingHttpHeaders = {}
  let hasEnded = false
  const keep = (chunk: unknown): void => {
    if (hasEnded || request.method === 'HEAD' || !(typeof chunk === 'string' || chunk instanceof Uint8Array)) return
    const length = Buffer.byteLength(chunk)
    bytes += length
    if (bytes <= LONGEST_JOURNAL_ANSWER) chunks.push(Buffer.from(chunk as string))
  }
  Object.assign(response, {
    writeHead (...args: unknown[]) {
      head = args.at(-1) as OutgoingHttpHeaders
      return Reflect.apply(writeHead, response, args)
    },
    write (...args: unknown[]) {
      keep(args[0])
      return Reflect.apply(write, response, args)
    },
    end (...args: unknown[]) {
      keep(args[0])
      // In HTTP/2 it calls write.
      hasEnded = true
      return Reflect.apply(end, response, args)
    }
  })
  request.readAnswer = () => ({
    headers: joinHeaders(Object.entries({ ...response.getHeaders(), ...head }).flatMap(([name, value]) => [name, String(value)])),
    bytes,
    body: bytes === 0 || bytes > LONGEST_JOURNAL_ANSWER || request.routeOptions.config.hasSecretBody ? null : Buffer.concat(chunks).toString()
  })
}
