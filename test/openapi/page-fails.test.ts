import Fastify from 'fastify'
import t from 'tap'
import { readConfig } from '../../src/config/config.ts'
import { createSwagger } from '../../src/openapi/swagger.ts'

const PAGE = '/_emulator/docs'

/** The routes of the document, whose page fails to load so often first. */
async function build (failures: number) {
  const { documentRoutes } = await t.mockImport<typeof import('../../src/openapi/routes.ts')>('../../src/openapi/routes.ts', {
    '../../src/openapi/swagger.ts': {
      createSwagger: async (config: Parameters<typeof createSwagger>[0]) => {
        if (failures-- > 0) throw new Error('not now')
        return await createSwagger(config)
      }
    }
  })
  const app = Fastify()
  documentRoutes(app, readConfig())
  return app
}

t.test('a page that failed to load is tried again', async (t) => {
  const app = await build(2)
  for (const [url, status] of [[PAGE, 500], ['/_emulator/openapi.json', 500], [PAGE, 200], ['/_emulator/openapi.json', 200], [`${PAGE}/static/index.css`, 200]] as const) {
    t.equal((await app.inject({ url })).statusCode, status, url)
  }
  await app.close()
})

t.test('a server whose page fails to load can be closed', async (t) => {
  const app = await build(1)
  t.equal((await app.inject({ url: PAGE })).statusCode, 500)
  await app.close()
  const other = await build(1)
  const asked = other.inject({ url: PAGE })
  await other.ready()
  await other.close()
  t.equal((await asked).statusCode, 500)
})
