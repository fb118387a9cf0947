import { VERSION } from '../base/version.ts'
import type { Config } from '../config/config.ts'
import { toOperationObject } from './operation.ts'
import { listOperations } from './operations/operations.ts'
import type { Components } from './schema.ts'

const DESCRIPTION = `An emulator of the Xbox Live achievements service, the same data as IGDB's catalogue has it, and what a test does to it.

The examples are those of the demo world, which is served when no other is given. To send one from this page, authorize first: \`xbl\` takes the whole header, e.g. \`XBL3.0 x=demo;gamer\` or \`XBL3.0 x=demo;titleless\`. Examples of the same name in parameters, body and answers belong together; \`x-exchanges\` has the token and the status that go with them.

\`HEAD\` is answered wherever \`GET\` is. Letter case in paths, query names and enumerated values is forgiven, and so are query parameters that nobody knows.`

const SECURITY_SCHEMES = {
  xbl: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`XBL3.0 x=<userhash>;<token>` of a session of the world, e.g. `XBL3.0 x=demo;gamer`. `POST /_emulator/sessions` makes others. With `x=-` no user of the token acts, with `x=*` the one in the path.'
  },
  controlKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'What the emulator was started with as `--control-key`; without one nothing is asked.'
  }
}

/** The OpenAPI 3.1 document of an emulator with these options. */
export function createDocument (config: Pick<Config, 'dialect' | 'igdb' | 'neighbours' | 'rta' | 'signIn'>): object {
  const operations = listOperations(config)
  const schemas: Components = {}
  const paths: Record<string, Record<string, object>> = {}
  for (const { method, path, tag, security, ...operation } of operations) {
    paths[path] ??= {}
    paths[path][method.toLowerCase()] = { tags: [tag.name], security, ...toOperationObject(operation, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'xbl-achievements-emulator', version: VERSION, description: DESCRIPTION },
    tags: [...new Set(operations.map(({ tag }) => tag))],
    paths,
    components: { securitySchemes: SECURITY_SCHEMES, schemas }
  }
}
