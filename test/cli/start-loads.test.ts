import t from 'tap'
import { says, startBin } from '../run-bin.ts'

/**
 * Lets nothing be loaded that only some start needs, or none. An import of `node:http` brings along
 * WebSocket and fetch; a require, which Fastify has, does not.
 */
const LOAD_LITTLE = `
  import { registerHooks } from 'node:module'
  const NEVER = /^(ajv|fast-json-stringify|@fastify\\/(ajv-compiler|fast-json-stringify-compiler)|\\.\\/(document|swagger-ui)\\.ts|pino|pino-pretty|saxes|@peculiar\\/.+)$/
  registerHooks({ resolve (name, context, next) {
    if (NEVER.test(name) || (name === 'node:http' && /\\/src\\//.test(context.parentURL))) throw new Error(name + ' is loaded')
    return next(name, context)
  } })`

t.test('start loads nothing that it does not need', async (t) => {
  const { greeting, url, stop } = await startBin(t, [], { preload: LOAD_LITTLE })
  const headers = { authorization: 'XBL3.0 x=demo;gamer', 'x-xbl-contract-version': '2' }
  t.equal((await fetch(`${url}/users/xuid(2533274790412952)/achievements`, { headers })).status, 200)
  t.strictSame(await stop(), says(greeting))
})
