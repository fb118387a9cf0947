import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import { isIgdbPath } from '../igdb/schemas.ts'
import { DOCUMENT, toFastifyUrl } from './document.ts'
import { describeRoutes } from './operations/operations.ts'

/** Nothing comes from elsewhere, whatever the page's scripts are. They write styles into the page. */
const CONTENT_SECURITY_POLICY = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'connect-src': "'self'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'img-src': ["'self'", 'data:'],
  'script-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"]
}

/** No route of the application below is ever asked for. */
const nothing = Object

/**
 * An application that never listens and holds the document and the page. @fastify/swagger wants to be
 * there before the routes are: a start that waited for it, and for what it shows, would wait for a page
 * that few ask for.
 */
export async function createSwagger ({ dialect, igdb }: Pick<Config, 'dialect' | 'igdb'>): Promise<FastifyInstance> {
  const app = Fastify()
  app.setValidatorCompiler(() => nothing)
  app.setSerializerCompiler(() => JSON.stringify)
  await app.register(swagger, DOCUMENT)
  await app.register(swaggerUi, {
    // Together where the page is for whoever looks at it: what it refers to is there.
    routePrefix: '/docs',
    indexPrefix: '/_emulator',
    staticCSP: CONTENT_SECURITY_POLICY,
    theme: { title: 'xbl-achievements-emulator' },
    // No bar with a logo and a field for other documents.
    uiConfig: { layout: 'BaseLayout', defaultModelsExpandDepth: 0, displayRequestDuration: true, validatorUrl: null }
  })
  for (const { method, path, schema } of describeRoutes(dialect).filter(({ path }) => igdb || !isIgdbPath(path))) {
    app.route({ method, url: toFastifyUrl(path), schema, handler: nothing })
  }
  await app.ready()
  return app
}
