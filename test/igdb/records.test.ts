import t from 'tap'
import { DEMO } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title } from '../world-parts.ts'
import { buildView, WORLD } from './ask.ts'

/** The documented example. */
const EXAMPLE = {
  id: 1234,
  name: 'Boss Killer',
  category: 1,
  created_at: 1529500723000,
  updated_at: 1529500723000,
  icon: { url: 'https://images.igdb.com/igdb/uploads/t_thumb/dadsajj2jdda2.jpg', cloudinary_id: 'dadsajj2jdda2', width: 1240, height: 768 },
  game: 41233,
  rank: 3,
  external_id: 'AKM_E123DDD',
  description: 'Defeat the end boss!',
  owners: 32321,
  owners_percentage: 42.31233,
  tags: ['Tag1', 'Tag2', 'Tag3'],
  language: 1
}

t.test('the documented example', async (t) => {
  const { ask } = buildView(t)
  const response = await ask('/achievements/1234?fields=*')
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json; charset=utf-8')
  t.equal(response.body, JSON.stringify([EXAMPLE]), 'the members are in the documented order')
})

t.test('every achievement of the world is a record with every mandatory field', async (t) => {
  const { records } = buildView(t)
  const all = [...await records('/achievements/?fields=*&limit=50'), ...await records('/achievements/?fields=*&limit=50&offset=50')]
  t.equal(all.length, DEMO.titles.reduce((sum, { achievements }) => sum + achievements.length, 0))
  for (const { id, name, category, external_id: external, created_at: created, updated_at: updated } of all) {
    t.strictSame([id, name, category, external, created, updated].map((value) => typeof value), ['number', 'string', 'number', 'string', 'number', 'number'], String(id))
  }
  t.equal(new Set(all.map(({ id }) => id)).size, all.length)
})

t.test('members that a world does not give are derived; those without a value are absent', async (t) => {
  const icons = [{ name: 'x', type: 'Art', url: '/art' }, { name: 'y', type: 'Icon', url: '/first' }, { name: 'z', type: 'Icon', url: '/second' }]
  const world = {
    titles: [
      title({ defaultLocale: 'fr-FR', achievements: [achievement({ id: 4294967295, name: { 'en-US': 'One', 'fr-FR': 'Un' }, description: { 'en-US': 'D', 'fr-FR': 'd' }, mediaAssets: icons })] }),
      title({ titleId: 2, serviceConfigId: OTHER_SCID, generation: 'xbox360', sandboxes: [], achievements: [achievement({ id: 0, igdb: { createdAt: 5 } }), achievement({ id: 1, igdb: { id: 1, createdAt: 5, updatedAt: 6 } })] })
    ],
    userKeys: ['demo']
  }
  const nobody = { owners: 0, owners_percentage: 0 }
  t.strictSame(await buildView(t, { world }).records('/achievements/?fields=*'), [
    { id: 1, name: 'First', category: 2, created_at: 5, updated_at: 6, external_id: `${OTHER_SCID}/1`, ...nobody },
    { id: 8589934591, name: 'Un', category: 2, created_at: 0, updated_at: 0, icon: { url: '/first' }, external_id: `${SCID}/4294967295`, description: 'd', ...nobody },
    { id: 8589934592, name: 'First', category: 2, created_at: 5, updated_at: 5, external_id: `${OTHER_SCID}/0`, ...nobody }
  ])
})

t.test('derived ids stay the same when achievements are merged in', async (t) => {
  const view = buildView(t, { world: WORLD })
  const patch = (part: object) => view.app.inject({ method: 'PATCH', url: '/_emulator/world', payload: part })
  await patch({ titles: [{ titleId: 1, achievements: [{ id: 9, name: 'Ninth' }] }] })
  const external = encodeURIComponent(`${SCID}/9`)
  const find = () => view.records(`/achievements/?filter[external_id][eq]=${external}&fields=name`)
  const before = await find()
  t.strictSame(before, [{ id: 4294967305, name: 'Ninth' }])
  await patch({ titles: [{ titleId: 1, achievements: [{ id: 8, name: 'Eighth' }] }, title({ titleId: 2, serviceConfigId: OTHER_SCID })] })
  t.strictSame(await find(), before)
  await patch({ titles: [{ titleId: 1, achievements: [{ id: 9, igdb: { id: 99 } }] }] })
  t.strictSame(await find(), [{ id: 99, name: 'Ninth' }])
})

t.test('fields', async (t) => {
  const { records } = buildView(t, { world: WORLD })
  const first = async (query: string): Promise<unknown> => (await records(`/achievements/11,14${query}`))[0]
  t.strictSame(await first(''), { id: 11 })
  t.strictSame(await first('?fields=id'), { id: 11 })
  t.strictSame(await first('?fields=name,rank'), { id: 11, name: 'Alpha', rank: 1 })
  t.strictSame(await first('?fields=rank,name,name'), { id: 11, name: 'Alpha', rank: 1 })
  t.strictSame(await first('?fields=rank&fields=tags'), { id: 11, rank: 1, tags: ['red', 'blue'] }, 'a repeated parameter has the fields of both')
  t.strictSame(await first('?fields=*,name'), {
    id: 11,
    name: 'Alpha',
    category: 2,
    created_at: 1000,
    updated_at: 1000,
    icon: { url: '/a' },
    game: 7,
    rank: 1,
    external_id: `${SCID}/1`,
    description: 'first',
    owners: 2,
    owners_percentage: 200 / 3,
    tags: ['red', 'blue']
  })
  t.strictSame(await records('/achievements/14?fields=rank,game,tags,icon,description,language'), [{ id: 14 }])
})

t.test('ids in the path', async (t) => {
  const { ids, ask } = buildView(t, { world: WORLD })
  for (const [path, found] of [['13', [13]], ['13,11', [11, 13]], ['13,13,00013', [13]], ['1,13,99999999999999999999', [13]], ['0', []], ['13%2C11', [11, 13]]] as const) {
    t.strictSame(await ids(`/achievements/${path}`), found, path)
    t.strictSame(await ids(`/Achievements/${path}/`), found, path)
  }
  t.strictSame(await ids('/achievements/11,12,13?filter[rank][eq]=3&order=name:desc'), [13, 12], 'filters and order apply to named records, too')
  t.strictSame(await ids('/achievements/11,12,13?search=alpha&limit=1&offset=1'), [12])
  t.equal((await ask('/achievements/99')).body, '[]')
})

t.test('ids in the path: the default limit is that of the largest page', async (t) => {
  const achievements = Array.from({ length: 60 }, (_, index) => achievement({ id: index, igdb: { id: index + 1 } }))
  const { ids } = buildView(t, { world: { titles: [title({ achievements })], userKeys: ['demo'] } })
  const named = achievements.map(({ id }) => id + 1)
  t.strictSame(await ids(`/achievements/${named.slice(0, 12).join()}`), named.slice(0, 12))
  t.strictSame(await ids(`/achievements/${named.join()}`), named.slice(0, 50))
  t.strictSame(await ids(`/achievements/${named.join()}?limit=10&offset=55`), named.slice(55))
  t.strictSame(await ids('/achievements/'), named.slice(0, 10))
})

t.test('count', async (t) => {
  const { ask } = buildView(t, { world: WORLD })
  for (const [query, count] of [['', 4], ['?filter[rank][eq]=3', 2], ['?search=alpha&filter[owners][gt]=1', 1], ['?filter[owners_percentage][gt]=60', 1], ['?limit=1&offset=3&order=nope', 4]] as const) {
    for (const path of ['/achievements/count', '/achievements/count/']) {
      const { statusCode, body } = await ask(`${path}${query}`)
      t.strictSame([statusCode, body], [200, `{"count":${count}}`], query)
    }
  }
})

t.test('HEAD of every route', async (t) => {
  const { app } = buildView(t)
  for (const url of ['/achievements', '/achievements/1234', '/achievements/count']) {
    const [get, head] = [await app.inject({ url, headers: { 'user-key': 'demo' } }), await app.inject({ method: 'HEAD', url, headers: { 'user-key': 'demo' } })]
    t.strictSame([head.statusCode, head.body, head.headers['content-length']], [200, '', get.headers['content-length']], url)
  }
})
