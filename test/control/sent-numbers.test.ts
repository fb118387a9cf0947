import { join } from 'node:path'
import t from 'tap'
import { readFolder } from '../../src/world/partner-center/read-folder.ts'
import type { WorldError } from '../../src/world/problems.ts'
import { readWorld } from '../../src/world/read.ts'
import type { World } from '../../src/world/schema.ts'
import { build, GAMER, SAMPLE_SCID } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { SCID } from '../world-parts.ts'
import { achievement, achievements, localization, STRINGS } from '../world/partner-center/documents.ts'
import { command, control, refusal } from './client.ts'

/** Numbers that JavaScript rounds, or would write differently. */
const NUMBERS = [
  '9007199254740993', '18446744073709551616', '-9007199254740993', '1e400', '-1e400', '1.8446744073709551617e19', '1000000000000000000000', '0.1234567890123456789', '1.50', '-0.50', `5${'0'.repeat(70)}`
]

/** What replaces `%` in a body, and what the message says of it. */
const BODIES: ReadonlyArray<[method: string, path: string, body: string, at: string, expected: string]> = [
  ['POST', '/sessions', '{"titleId":%}', '/titleId', 'an integer from 0 to 4294967295, or null'],
  ['POST', '/sessions', '{"xuid":%}', '/xuid', 'a XUID in quotes, or null'],
  ['POST', '/faults', '{"status":%}', '/status', 'one of 301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 416, 429, 500, 501, 502, 503, 504, or null'],
  ['POST', '/faults', '{"delay":%}', '/delay', 'milliseconds, an object with min and max, or null'],
  ['POST', '/faults', '{"delay":{"min":0,"max":%}}', '/delay/max', 'an integer from 0 to 3600000, in ms'],
  ['PUT', `/users/${GAMER}`, '{"gamertag":%}', '/gamertag', 'a string that is not empty and has no control characters, or null'],
  ['PUT', `/users/${GAMER}/privacy`, '{"privacy":%}', '/privacy', 'one of "everyone", "friendsOnly", "blocked"'],
  ['PUT', `/users/${GAMER}/privacy`, '%', '', 'an object'],
  ['PUT', `/users/${GAMER}/achievements/${SAMPLE_SCID}/3`, '{"percentComplete":%}', '/percentComplete', 'an integer from 0 to 100, or null'],
  ['PUT', '/clock', '{"now":%}', '/now', 'an instant in UTC, e.g. "2013-01-17T03:19:00.3087016Z", or null'],
  ['PUT', '/clock', '{"offset":[1,{"a":%}]}', '/offset', 'an ISO 8601 duration, e.g. "P1D", or null']
]

/** What replaces `%` in a world. */
const WORLDS: ReadonlyArray<[document: string, at: string, expected: string]> = [
  [`{"titles":[{"titleId":%,"name":"One","serviceConfigId":"${SCID}"}]}`, '/titles/0/titleId', 'an integer from 0 to 4294967295'],
  [`{"titles":[{"titleId":1,"name":%,"serviceConfigId":"${SCID}"}]}`, '/titles/0/name', 'a string that is not empty'],
  ['{"titles":[%]}', '/titles/0', 'an object'],
  ['{"titles":%}', '/titles', 'a list'],
  ['{"users":[{"xuid":%,"gamertag":"ann"}]}', '/users/0/xuid', 'a XUID: a decimal from "0" to "18446744073709551615", in quotes'],
  ['%', '', 'an object with titles, users and sessions']
]

const foundIn = (text: string, number: string): string => {
  const found = text.replace('%', number)
  return found.length > 80 ? `${found.slice(0, 79)}…` : found
}

/** The path of an entry of a part in the merged world: after the existing ones. */
const placeIn = ({ titles, users }: World, at: string): string =>
  at === '' ? '/' : at.replace('/titles/0', `/titles/${titles.length}`).replace('/users/0', `/users/${users.length}`)

t.test('a refusal of a body shows numbers as they were sent', async (t) => {
  const emulator = build(t)
  const before = emulator.store.world.export()
  for (const [method, path, text, at, expected] of BODIES) {
    for (const number of NUMBERS) {
      const { status, body } = await control(emulator, method, path, text.replace('%', number))
      const found = foundIn(at === '/offset' ? '[1,{"a":%}]' : '%', number)
      t.strictSame([status, body], [400, refusal(4000, `The body${at === '' ? '' : `, at ${at}`}: found ${found}, expected ${expected}.`)], `${path} ${text} ${number}`)
    }
  }
  for (const [text, at, expected] of WORLDS) {
    for (const number of NUMBERS) {
      const put = await control(emulator, 'PUT', '/world', text.replace('%', number))
      t.strictSame([put.status, put.body], [400, refusal(4000, `world: ${at === '' ? '/' : at}: found ${number}, expected ${expected}`)], `${text} ${number}`)
      const patch = await control(emulator, 'PATCH', '/world', text.replace('%', number))
      t.strictSame([patch.status, patch.body], [400, refusal(4000, `merged world: ${placeIn(before, at)}: found ${number}, expected ${expected}`)], `${text} ${number}`)
    }
  }
  t.strictSame(emulator.store.world.export(), before)
})

t.test('a refusal of a sign-in shows numbers as they were sent, and never tickets and tokens', async (t) => {
  const { app } = build(t)
  const user = (party: string, ticket: string): string => `{"RelyingParty":${party},"TokenType":"JWT","Properties":{"AuthMethod":"RPS","SiteName":"user.auth.xboxlive.com","RpsTicket":${ticket}}}`
  const xsts = (sandbox: string, token: string): string => `{"RelyingParty":"http://xboxlive.com","TokenType":"JWT","Properties":{"UserTokens":[${token}],"SandboxId":${sandbox}}}`
  for (const number of NUMBERS) {
    for (const [url, payload, message] of [
      ['/user/authenticate', user(number, '"x"'), `/RelyingParty: found ${number}, expected "http://auth.xboxlive.com".`],
      ['/user/authenticate', user('"http://auth.xboxlive.com"', number), '/Properties/RpsTicket: expected a ticket.'],
      ['/xsts/authorize', xsts(number, '"x"'), `/Properties/SandboxId: found ${number}, expected a sandbox id, e.g. "RETAIL".`],
      ['/xsts/authorize', xsts('"RETAIL"', number), '/Properties/UserTokens/0: expected a user token.']
    ] as const) {
      const { statusCode, body } = await app.inject({ method: 'POST', url, payload })
      t.strictSame([statusCode, JSON.parse(body)], [400, refusal(4000, `The body, at ${message}`)], payload)
    }
  }
})

t.test('a message about a file shows numbers as they are written there', async (t) => {
  for (const [text, at, expected] of WORLDS) {
    for (const number of NUMBERS) {
      const file = join(t.testdir({ 'world.json': text.replace('%', number) }), 'world.json')
      const { problems } = thrownBy(() => readWorld(file)) as WorldError
      t.strictSame(problems, [`${file}: ${at === '' ? '/' : at}: found ${number}, expected ${expected}`])
    }
  }
  const folder = t.testdir({
    'achievements2017.xml': achievements(achievement()),
    'localization.xml': localization(...STRINGS),
    'title.json': `{"titleId":9007199254740993,"name":"One","serviceConfigId":"${SCID}"}`
  })
  const { problems } = thrownBy(() => readFolder(folder, () => {})) as WorldError
  t.strictSame(problems, [`${join(folder, 'title.json')}: /titleId: found 9007199254740993, expected an integer from 0 to 4294967295`])
})

t.test('a valid number is accepted however it is written', async (t) => {
  const emulator = build(t)
  for (const [probability, number] of [['0.1234567890123456789', 0.12345678901234568], ['1.0', 1], ['0.00000000000000000000', 0], ['1e-400', 0], ['0.99999999999999999999', 1]] as const) {
    const { probability: taken } = await command(emulator, 'POST', '/faults', `{"status":503,"times":1.0,"seed":4294967295.0,"delay":1e1,"probability":${probability}}`)
    t.equal(taken, number, probability)
  }
  await command(emulator, 'PUT', '/world', `{"titles":[{"titleId":1e3,"name":"One","serviceConfigId":"${SCID}","xbox360":{"platforms":[1.0]},"achievements":[{"id":1.0,"name":"a","igdb":{"ownersPercentage":12.340}}]}]}`)
  await command(emulator, 'PATCH', '/world', '{"titles":[{"titleId":1000.0,"version":"2","achievements":[{"id":1E0,"name":"b"}]}]}')
  const [title, ...others] = emulator.store.world.export().titles
  t.strictSame([others, title?.titleId, title?.version, title?.xbox360.platforms, title?.achievements.map(({ id, name, igdb }) => [id, name, igdb?.ownersPercentage])], [[], 1000, '2', [1], [[1, 'b', 12.34]]])
})

t.test('a key that is not a valid number matches no entry', async (t) => {
  const emulator = build(t)
  const { length } = emulator.store.world.export().titles
  const { status, body } = await control(emulator, 'PATCH', '/world', `{"titles":[{"titleId":1e400,"name":"One","serviceConfigId":"${SCID}"}]}`)
  t.strictSame([status, body], [400, refusal(4000, `merged world: /titles/${length}/titleId: found 1e400, expected an integer from 0 to 4294967295`)])
})
