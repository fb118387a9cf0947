import t from 'tap'
import type { NotificationEndpoint } from '../../src/model/notification-endpoint.ts'
import { openDatabase } from '../../src/store/open.ts'
import { prepareWritable } from './writable.ts'

const ENDPOINT: NotificationEndpoint = {
  endpointId: 'a',
  xuid: '1',
  titleId: 4294967295,
  systemId: 's',
  endpointUri: 'u',
  platform: 'Win32',
  transport: 'RTA',
  locale: 'en',
  filters: [{ action: 'Exclude', source: 4294967295, type: 0 }],
  location: 'DE',
  origin: 'http://localhost',
  created: '2020-06-15T12:00:00.0000000Z'
}

t.test('those of a user, title and transport, the newest first', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  const { store: { notificationEndpoints: { list, listOf } }, write: { notificationEndpoints: { put, remove, removeOf, clear } } } = prepareWritable(database)
  const others = [{ systemId: 't' }, { endpointUri: 'v' }, { xuid: '2' }, { systemId: 'x', titleId: 1 }, { systemId: 'y', transport: 'FCM' }]
  put(ENDPOINT)
  for (const [index, other] of others.entries()) put({ ...ENDPOINT, ...other, endpointId: `other ${index}` })
  put({ ...ENDPOINT, endpointId: 'b', filters: [] })
  const idsOf = (rows: readonly NotificationEndpoint[]): string[] => rows.map(({ endpointId }) => endpointId)
  t.strictSame(idsOf(listOf({ xuid: '1', titleId: 4294967295, transport: 'RTA' })), ['b', 'other 1', 'other 0'])
  t.strictSame(idsOf(listOf({ xuid: '3', titleId: 1, transport: 'RTA' })), [])
  t.strictSame(list({ after: 6, limit: 10 }), [{ ...ENDPOINT, row: 7, endpointId: 'b', filters: [] }])
  t.strictSame(idsOf(list({ after: 2, limit: 2 })), ['other 1', 'other 2'])
  t.strictSame([remove('2', 'b'), remove('1', 'a'), remove('1', 'b')], [false, false, true])
  removeOf('1')
  t.strictSame(idsOf(list({ after: 0, limit: 10 })), ['other 2'])
  clear()
  t.strictSame(list({ after: 0, limit: 10 }), [])
})

t.test('the oldest is forgotten when its user has too many, or all users have', async (t) => {
  const database = openDatabase(':memory:')
  t.teardown(() => { database.close() })
  const { store: { notificationEndpoints: { list } }, write } = prepareWritable(database)
  const add = database.transaction((xuid: string, count: number) => {
    for (let index = 0; index < count; index++) write.notificationEndpoints.put({ ...ENDPOINT, xuid, systemId: `${index}`, endpointId: `${xuid} ${index}` })
  })
  add('2', 1)
  add('1', 101)
  const ids = list({ after: 0, limit: 1000 }).map(({ endpointId }) => endpointId)
  t.strictSame([ids.length, ids.includes('2 0'), ids.includes('1 0'), ids.includes('1 1')], [101, true, false, true])

  const count = (): unknown => database.prepare('SELECT count(*) FROM notification_endpoint').pluck().get()
  database.exec(`INSERT INTO notification_endpoint (endpoint_id, xuid, title_id, system_id, endpoint_uri, platform, transport, locale, filters, origin, created)
    SELECT 'many ' || value, value, 1, 's', 'u', 'p', 'RTA', '', '[]', '', '' FROM (WITH RECURSIVE counter (value) AS (SELECT 1000 UNION ALL SELECT value + 1 FROM counter LIMIT 100000) SELECT value FROM counter)`)
  t.equal(count(), 100_101)
  for (let user = 0; user < 1000; user++) add(`new ${user}`, 1)
  t.equal(count(), 100_102, 'all are counted when a thousandth is added: 102 before the end')
})
