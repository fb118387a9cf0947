import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { asGiven } from '../base/input-schema.ts'
import { VERSION } from '../base/version.ts'
import { tidy } from './tidy.ts'

const DESCRIPTION = `An emulator of the Xbox Live achievements service, the same data as IGDB's catalogue has it, and what a test does to it.

The examples are those of the demo world, which is served when no other is given. To send one from this page, authorize first: \`xbl\` takes the whole header, e.g. \`XBL3.0 x=demo;gamer\` or \`XBL3.0 x=demo;titleless\`. Examples of the same name in parameters, body and answers belong together; \`x-exchanges\` has the token and the status that go with them.

\`HEAD\` is answered wherever \`GET\` is. Letter case in paths, query names and enumerated values is forgiven, and so are query parameters that nobody knows.`

const SECURITY = {
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
} as const

/** How @fastify/swagger makes the document. */
export const DOCUMENT: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'xbl-achievements-emulator', version: VERSION, description: DESCRIPTION },
    tags: [
      { name: 'Xbox Live', description: 'The achievements service.' },
      { name: 'IGDB', description: 'The same achievements as the catalogue of IGDB has them.' },
      { name: 'Sign-in', description: 'What login.live.com, user.auth.xboxlive.com and xsts.auth.xboxlive.com do.' },
      { name: 'Emulator', description: 'What a test does to the emulator.' }
    ],
    components: { securitySchemes: SECURITY }
  },
  transform: ({ schema, url }) => {
    const { body } = schema as FastifySchema
    return { schema: { ...schema, ...body !== undefined && { body: asGiven(body as object) } }, url }
  },
  transformObject: (made) => tidy((made as { openapiObject: object }).openapiObject)
}

/** A path of the document as Fastify has it: what stands around a user's XUID comes back with `tidy`. */
export const toFastifyUrl = (path: string): string => path.replace('xuid({xuid})', '{xuid}').replace(/\{(\w+)\}/g, ':$1')
