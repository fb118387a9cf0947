import t from 'tap'
import { openNotify, REGISTRATION, resourceOf } from '../rta/notify-client.ts'
import { command } from './client.ts'

t.test('endpoints are listed in the order of registration, in pages', async (t) => {
  const client = openNotify(t)
  const first = (await client.register()).json().endpointId
  const second = (await client.register({ endpointUri: resourceOf('2', 1) }, { token: 'bob' })).json().endpointId
  const shown = { ...REGISTRATION, titleId: 1, created: '2020-06-15T12:00:00.0000000Z' }
  const endpoints = [{ ...shown, endpointId: first, xuid: '1' }, { ...shown, endpointId: second, xuid: '2', endpointUri: resourceOf('2', 1) }]
  t.strictSame(await command(client, 'GET', '/rta/endpoints'), { endpoints, next: null })
  t.strictSame(await command(client, 'GET', '/rta/endpoints?limit=1'), { endpoints: endpoints.slice(0, 1), next: 1 })
  t.strictSame(await command(client, 'GET', '/rta/endpoints?limit=1&after=1'), { endpoints: endpoints.slice(1), next: null })
})
