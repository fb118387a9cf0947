import t from 'tap'
import { readConfig } from '../../src/config/read-config.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import * as refusals from '../../src/model/refusals.ts'
import { build } from '../helper.ts'
import { findWrongAnswer, findWrongRefusal, operationsByRoute } from '../openapi/described-answers.ts'

type Refusal = InstanceType<typeof refusals.XblError>

const { XblError: _xblError, FaultRefusal: _fault, OAuthRefusal: _oauth, ErrorCode: _numbers, tooManyRequests, signInRefused, ...others } = refusals

/** What each function that makes a refusal makes, by its name. */
const MADE: ReadonlyArray<readonly [name: string, refusal: Refusal]> = [
  ['tooManyRequests', tooManyRequests({ currentRequests: 11, maxRequests: 10, periodInSeconds: 15, retryAfter: 3 })],
  ['signInRefused', signInRefused(2148916242, 'reason')],
  ['signInRefused-sisu', signInRefused(2148916238, 'reason', { webPage: 'https://one.example/', sessionId: 'two' })],
  ...Object.entries(others).map(([name, make]) => [name, (make as (...texts: string[]) => Refusal)('/one', ...name === 'methodNotAllowed' ? ['/two'] : [])] as const)
]

for (const dialect of DIALECTS) {
  t.test(`each refusal is answered as the document describes its status, ${dialect}`, async (t) => {
    const { app } = build(t, {
      config: { dialect },
      routes: (app) => { for (const [name, refusal] of MADE) app.get(`/${name}`, () => { throw refusal }) }
    })
    const operations = [...operationsByRoute(readConfig({ dialect })).values()].filter(({ tag }) => tag.name !== 'IGDB')
    for (const [name, { status, headers }] of MADE) {
      const response = await app.inject(`/${name}`)
      t.equal(response.statusCode, status, name)
      t.match(response.headers, headers, name)
      const sent = { status, headers: response.headers, body: response.body }
      const what = `${status}${Object.keys(headers).map((header) => ` with ${header}`).join('')}`
      t.equal(findWrongRefusal(sent, { dialect, tag: { name: 'Sign-in', description: '' }, answers: {} }), undefined, `${name}, ${what}: its body is one of a refusal`)
      const describing = operations.filter(({ answers }) => status in answers)
      if (describing.length === 0) t.fail(`${name}: no operation describes ${status}`)
      else if (describing.every((operation) => findWrongAnswer(sent, operation, { dialect }) !== undefined)) {
        t.fail(`${name}: no operation describes ${what} and this body. ${[...new Set(describing.map((operation) => findWrongAnswer(sent, operation, { dialect })))].slice(0, 3).join('. ')}.`)
      }
    }
  })
}
