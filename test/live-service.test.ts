import t from 'tap'
import { build } from './helper.ts'
import { HEADERS } from './live-service/headers.ts'
import { HISTORY } from './live-service/history.ts'
import { LISTS } from './live-service/lists.ts'
import type { Request } from './live-service/row.ts'
import { SANDBOXES } from './live-service/sandboxes.ts'
import { SYSTEMS } from './live-service/systems.ts'
import { UPDATES } from './live-service/updates.ts'
import { V1 } from './live-service/v1.ts'
import { VALUES } from './live-service/values.ts'

// What is known of the live service beyond its documentation, and how the documented dialect differs: a
// row for each fact, with its source, a request and the whole answer.

for (const row of [...SYSTEMS, ...VALUES, ...SANDBOXES, ...UPDATES, ...LISTS, ...HISTORY, ...V1, ...HEADERS]) {
  for (const dialect of row.dialects) {
    t.test(`${row.says} (${dialect}) ${row.source}`, async (t) => {
      const { app } = build(t, { world: row.world, config: { dialect } })
      const send = ({ method = 'GET', url, headers = {}, body }: Request) => {
        const all = { authorization: 'XBL3.0 x=my;token', 'x-xbl-contract-version': '2', ...headers }
        const sent = Object.fromEntries(Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined))
        return app.inject({ method, url, headers: sent, ...body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) } })
      }
      for (const request of row.before ?? []) {
        const { statusCode, body } = await send(request)
        if (statusCode >= 400) t.fail(`${request.url}: ${body}`)
      }
      const { statusCode, headers, body } = await send(row.request)
      t.equal(statusCode, row.status)
      // As text: the order of members is part of what is recorded.
      t.equal(body, row.body === undefined ? '' : JSON.stringify(row.body))
      for (const [name, value] of Object.entries(row.headers ?? {})) t.equal(headers[name], value, name)
    })
  }
}
