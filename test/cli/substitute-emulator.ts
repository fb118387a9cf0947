import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { listenOnFreePort } from '../free-port.ts'

/** What is answered: the body of a 200, or of a 204 without one, or what writes the answer. */
type Answer = object | null | ((response: ServerResponse) => void)

export interface Substitute {
  readonly url: string
  /** Method, path and body of each request. */
  readonly asked: string[]
}

/**
 * Stands in for an emulator, where a test is about what a command asks of it.
 *
 * @param answers by method and path. Anything else is answered as a path that an emulator does not know.
 */
export async function substituteEmulator (t: Test, answers: Readonly<Record<string, Answer>>): Promise<Substitute> {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const name = `${request.method} ${request.url}`
    const body = await text(request)
    asked.push(body === '' ? name : `${name} ${body}`)
    const answer = answers[name]
    if (typeof answer === 'function') answer(response)
    else if (answer === null) response.writeHead(204).end()
    else if (answer === undefined) response.writeHead(404).end(JSON.stringify({ errorMessage: `${request.url} is not a path of this service.` }))
    else response.end(JSON.stringify(answer))
  })
  return { url: `http://127.0.0.1:${await listenOnFreePort(t, server)}`, asked }
}

/** An answer that refuses, as an emulator does. */
export const refusing = (status: number, errorMessage: string): Answer => (response) => { response.writeHead(status).end(JSON.stringify({ errorMessage })) }
