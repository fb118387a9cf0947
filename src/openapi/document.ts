import { VERSION } from '../base/version.ts'
import type { Config } from '../config/config.ts'
import type { Services } from '../http/services.ts'
import { findCast, isDemoWorld, EMPTY_CAST, type Cast } from './cast.ts'
import { toOperationObject } from './operation.ts'
import { listOperations } from './operations/operations.ts'
import { asWritten, createRecast, type Recast } from './recast.ts'
import type { Components } from './schema.ts'

const ABOUT = 'An emulator of the Xbox Live achievements service, the same data as IGDB\'s catalogue has it, and what a test does to it.'
const HOW = `Examples of the same name in parameters, body and answers belong together; \`x-exchanges\` has the token and the status that go with them. To send one from this page: **Try it out**, then **Execute**. A browser follows redirects by itself and shows where they lead to; one to another origin it does not show at all.

\`HEAD\` is answered wherever \`GET\` is. Letter case in paths, query names and enumerated values is forgiven, and so are query parameters that nobody knows.`

/** What the examples are about. */
const EXAMPLES_OF = {
  demo: 'The examples are those of the demo world as it is at the start. The page authorizes as `XBL3.0 x=demo;titleless`: the gamer, by a token that may be any title.',
  world: 'The examples are about the users, titles and tokens of the world that is served now.',
  nobody: 'The examples have placeholders: only who has the control key sees the world. **Authorize** with it, and they are about the world that is served.'
}

/** What the documents of two worlds differ in. */
interface Examples {
  readonly about: keyof typeof EXAMPLES_OF
  readonly recast: Recast
  /** What a client authorizes with, for the page; null: the world has no such token. */
  readonly authorization: string | null
  /** With which claims one can be made; null: the world has no user. */
  readonly claims: Cast['claims'] | null
}

/** Whom a document is made for. */
interface Reader {
  readonly origin: string
  /** False: nothing of the world is in it. */
  readonly maySeeWorld: boolean
  readonly now: number
}

/** The OpenAPI 3.1 document of an emulator, with examples of the world that it serves. */
export function createDocument ({ config, store }: Pick<Services, 'config' | 'store'>, reader: Reader): object {
  const operations = listOperations(config)
  const { about, recast, ...credentials } = reader.maySeeWorld ? examplesOf(store, reader) : hiddenExamples(reader.origin)
  const components: Components = {}
  const paths: Record<string, Record<string, object>> = {}
  for (const { method, path, tag, security, ...operation } of operations) {
    paths[path] ??= {}
    paths[path][method.toLowerCase()] = { tags: [tag.name], security, ...toOperationObject(operation, { components, recast }) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'xbl-achievements-emulator', version: VERSION, description: [ABOUT, EXAMPLES_OF[about], HOW].join('\n\n') },
    tags: [...new Set(operations.map(({ tag }) => tag))],
    paths,
    components: { securitySchemes: securitySchemes(credentials, config), schemas: components },
    'x-is-world-hidden': !reader.maySeeWorld
  }
}

function securitySchemes ({ authorization, claims }: Pick<Examples, 'authorization' | 'claims'>, { controlKey }: Pick<Config, 'controlKey'>): object {
  return {
    xbl: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: `\`XBL3.0 x=<userhash>;<token>\` of a session of the world${authorization === null ? '' : `, e.g. \`${authorization}\``}. \`POST /_emulator/sessions\` makes others. With \`x=-\` no user of the token acts, with \`x=*\` the one in the path.`,
      'x-authorization': authorization,
      'x-claims': claims ?? null
    },
    controlKey: {
      type: 'http',
      scheme: 'bearer',
      description: controlKey === null ? 'Nothing is asked: the emulator was started without `--control-key`.' : 'What the emulator was started with as `--control-key`.'
    }
  }
}

function examplesOf (store: Services['store'], { origin, now }: Reader): Examples {
  if (isDemoWorld({ store })) return { about: 'demo', recast: asWritten(origin), authorization: 'XBL3.0 x=demo;titleless', claims: null }
  return store.read(() => {
    const cast = findCast({ store, now })
    return {
      about: 'world',
      recast: createRecast(cast, { store, origin }),
      authorization: cast.session === undefined ? null : `XBL3.0 x=${cast.session.userHash};${cast.session.token}`,
      claims: cast.claims ?? null
    }
  })
}

const hiddenExamples = (origin: string): Examples =>
  ({ about: 'nobody', recast: createRecast(EMPTY_CAST, { store: null, origin }), authorization: null, claims: null })
