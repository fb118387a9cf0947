import t from 'tap'
import { faultLike, harFileName, isWrite, newFaultQuery, obstacleOf, pickFromHar, repetitionOf } from '../../../src/console/text/journal-actions.ts'
import { GAMER } from '../../helper.ts'
import { journalEntry } from './journal-entry.ts'

t.test('what is sent to ask the same again', async (t) => {
  t.strictSame(repetitionOf(journalEntry({ query: 'maxItems=5&x' })), {
    request: { method: 'GET', path: '/users/xuid(2533274790412952)/achievements?maxItems=5&x', headers: { 'x-xbl-contract-version': '2' } }, needsToken: true, missing: []
  })
  const headers = { host: 'achievements.xboxlive.com', authorization: 'XBL3.0 x=…', 'user-agent': 'x', 'accept-language': 'de-DE', 'content-length': '9', 'sec-fetch-mode': 'cors', 'proxy-x': 'y', 'x-token': '…', referer: 'http://x/' }
  t.strictSame(repetitionOf(journalEntry({ method: 'POST', headers, body: { a: 1 } })), {
    request: { method: 'POST', path: '/users/xuid(2533274790412952)/achievements', headers: { 'accept-language': 'de-DE' }, body: { a: 1 } }, needsToken: true, missing: ['the header x-token, which is secret']
  })
  t.strictSame(repetitionOf(journalEntry({ headers, claims: null })).missing, ['its Authorization, which was not valid', 'the header x-token, which is secret', 'its body, which the journal does not have'])
  t.strictSame(repetitionOf(journalEntry({ headers: {}, claims: null })), { request: { method: 'GET', path: '/users/xuid(2533274790412952)/achievements', headers: {} }, needsToken: false, missing: [] })
})

t.test('what cannot be sent again says why', async (t) => {
  t.equal(obstacleOf(journalEntry()), null)
  t.equal(obstacleOf(journalEntry({ method: 'POST', body: {}, headers: { 'content-length': '2' } })), null)
  for (const [more, message] of [
    [{ connection: 1 }, 'It has become a WebSocket, which the page does not open.'],
    [{ path: '/sessions/…' }, 'A part of its address is secret, and not in the journal.'],
    [{ query: 'code=…' }, 'A part of its address is secret, and not in the journal.'],
    [{ path: '*', method: 'OPTIONS' }, 'Its target is no path.'],
    [{ method: 'POST', headers: { 'content-length': '5' } }, 'Its body is not in the journal: secret, too long, or no JSON.'],
    [{ method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, 'Its body is not in the journal: secret, too long, or no JSON.'],
    [{ method: 'TRACE' }, 'A page may not send TRACE.'],
    [{ body: {} }, 'A page may not send GET with a body.'],
    [{ method: 'HEAD', body: {} }, 'A page may not send HEAD with a body.']
  ] as const) t.equal(obstacleOf(journalEntry(more)), message, JSON.stringify(more))
  t.strictSame(['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE', 'PUT', 'get'].map((method) => isWrite({ method })), [false, false, false, true, true, true, false])
})

t.test('a fault for requests like one', async (t) => {
  t.strictSame(faultLike(journalEntry()), { method: 'GET', path: '/users/xuid(2533274790412952)/achievements', xuid: GAMER, status: 503, times: 1 })
  t.strictSame(faultLike(journalEntry({ method: 'POST', path: `/sessions/…/${'x'.repeat(300)}`, claims: null })), { method: 'POST', path: `/sessions/*/${'x'.repeat(243)}*`, status: 503, times: 1 })
  t.equal(faultLike(journalEntry({ path: 'y'.repeat(257) })).path.length, 256)
  t.strictSame(JSON.parse(newFaultQuery(journalEntry({ claims: { xuid: null, titleId: 7, sandbox: null, location: null, thirdPartySite: false } }))['new'] ?? ''), { method: 'GET', path: '/users/xuid(2533274790412952)/achievements', status: 503, times: 1 })
})

t.test('a file of requests', async (t) => {
  t.equal(harFileName('127.0.0.1:5280', Date.UTC(2020, 5, 15, 12, 0, 1)), 'requests-127.0.0.1-5280-2020-06-15T12-00-01.har')
  t.equal(harFileName('[::1]:5280', 0), 'requests--1-5280-1970-01-01T00-00-00.har')
  const har = { log: { version: '1.2', entries: [{ _id: 1, time: 3 }, { _id: 2, time: 4 }] } }
  t.strictSame(pickFromHar(har, (id) => id === 2), { log: { version: '1.2', entries: [{ _id: 2, time: 4 }] } })
})
