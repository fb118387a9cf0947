import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import { notFound } from '../model/refusals.ts'
import { pathOf } from '../http/target.ts'

/** What the page loads; `json` is the document again, which it looks for beside itself. */
const PART = /^(json|static\/\w[\w-]*(\.[\w-]+)+)$/

/**
 * `GET /_emulator/openapi.json` and, as a page, `GET /_emulator/docs`. Neither needs the control key:
 * they show what the routes are, and nothing of the world.
 */
export function documentRoutes (app: FastifyInstance, config: Config): void {
  let swagger: Promise<FastifyInstance> | undefined
  const loadSwagger = async (): Promise<FastifyInstance> => {
    swagger ??= import('./swagger.ts').then(({ createSwagger }) => createSwagger(config))
    try {
      return await swagger
    } catch (error) {
      // The next request tries again.
      swagger = undefined
      throw error
    }
  }
  app.addHook('onClose', async () => { await (await swagger?.catch(() => undefined))?.close() })

  app.get('/_emulator/openapi.json', async () => (await loadSwagger()).swagger())

  const answerPart = async (part: string) => {
    const answer = await (await loadSwagger()).inject(`/docs${part}`)
    const { 'content-type': type, 'content-security-policy': policy } = answer.headers
    return { status: answer.statusCode, headers: { 'content-type': type, 'content-security-policy': policy }, body: answer.rawPayload }
  }

  app.get('/_emulator/docs', async (_request, reply) => {
    const { headers, body } = await answerPart('')
    return reply.headers(headers).send(body)
  })

  // Parts of the page, which nobody asks for by themselves: the document leaves them out.
  app.get<{ Params: { '*': string } }>('/_emulator/docs/*', async (request, reply) => {
    const part = request.params['*']
    const answer = PART.test(part) ? await answerPart(`/${part}`) : undefined
    if (answer?.status !== 200) throw notFound(`${pathOf(request)} is not a path of this service.`)
    return reply.headers(answer.headers).send(answer.body)
  })
}
