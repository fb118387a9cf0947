import t from 'tap'
import { build } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title } from '../world-parts.ts'

const THIRD_SCID = '11111111-2222-3333-4444-cccccccccccc'
const shared = { public: true, status: 'moved', location: '/elsewhere' }

const world = {
  titles: [
    title({ titleId: 20, name: 'Two', version: '2.0', sandboxes: ['RETAIL', 'XDKS.1'], ...shared, achievements: [achievement()] }),
    title({ titleId: 30, name: 'Three', ...shared, achievements: [] }),
    title({ titleId: 10, name: 'One', version: '1.0', ...shared, achievements: [achievement({ id: 2 })] }),
    title({ titleId: 40, name: 'Four', sandboxes: ['XDKS.1', 'XDKS.2'], ...shared, achievements: [] }),
    title({ titleId: 50, name: 'Five', serviceConfigId: OTHER_SCID, achievements: [achievement({ name: { 'fr-FR': 'Un', 'en-US': 'One' }, description: { 'en-US': 'D', 'fr-FR': 'd' } })] }),
    title({ titleId: 60, name: 'Six', serviceConfigId: THIRD_SCID, sandboxes: [], status: 'retired', achievements: [] })
  ],
  users: [{ xuid: '1', gamertag: 'ann' }]
}

t.test('a service configuration as a sandbox sees it', async (t) => {
  const { store: { catalogue } } = build(t, { world })
  const cases: Array<[string, string, object | undefined]> = [
    [SCID, 'RETAIL', { isPublic: true, status: 'moved', location: '/elsewhere', titleIds: [10, 20, 30, 40], isPublished: true }],
    [SCID, 'XDKS.2', { isPublic: true, status: 'moved', location: '/elsewhere', titleIds: [10, 20, 30, 40], isPublished: true }],
    [SCID, 'xdks.2', { isPublic: true, status: 'moved', location: '/elsewhere', titleIds: [10, 20, 30, 40], isPublished: false }],
    [OTHER_SCID, 'RETAIL', { isPublic: false, status: 'active', location: null, titleIds: [50], isPublished: true }],
    [OTHER_SCID, 'XDKS.1', { isPublic: false, status: 'active', location: null, titleIds: [50], isPublished: false }],
    [THIRD_SCID, 'RETAIL', { isPublic: false, status: 'retired', location: null, titleIds: [60], isPublished: false }],
    [SCID.toUpperCase(), 'RETAIL', undefined],
    ['', 'RETAIL', undefined]
  ]
  for (const [scid, sandbox, expected] of cases) {
    const found = catalogue.findServiceConfiguration({ scid, sandbox })
    // The titles have no particular order.
    t.strictSame(found && { ...found, titleIds: found.titleIds.toSorted((a, b) => a - b) }, expected, `${scid} in ${sandbox}`)
  }
})

t.test('the titles of a sandbox that share an achievement: the one that defines it first, the others by id', async (t) => {
  const { store: { catalogue } } = build(t, { world })
  const [ofTwo, ofOne, ofFive] = [1, 2, 3]
  const [one, two, three, four, five] = [
    { name: 'One', id: 10, version: '1.0' },
    { name: 'Two', id: 20, version: '2.0' },
    { name: 'Three', id: 30, version: null },
    { name: 'Four', id: 40, version: null },
    { name: 'Five', id: 50, version: null }
  ]
  const cases: Array<[number | undefined, string, unknown[]]> = [
    [ofTwo, 'RETAIL', [two, one, three]],
    [ofOne, 'RETAIL', [one, two, three]],
    [ofTwo, 'XDKS.1', [two, four]],
    [ofOne, 'XDKS.1', [two, four]],
    [ofOne, 'XDKS.2', [four]],
    [ofOne, 'retail', []],
    [ofFive, 'RETAIL', [five]],
    [99, 'RETAIL', []]
  ]
  for (const [row, sandbox, associations] of cases) {
    t.strictSame(catalogue.findAssociations(row as number, sandbox), associations, `${row} in ${sandbox}`)
  }
})

t.test('the texts of an achievement, by locale in any letter case', async (t) => {
  const { store: { catalogue } } = build(t, { world })
  t.strictSame(catalogue.findText(3, 'fr-FR'), { name: 'Un', description: 'd', lockedDescription: 'd' })
  t.strictSame(catalogue.findText(3, 'EN-us'), { name: 'One', description: 'D', lockedDescription: 'D' })
  t.strictSame(catalogue.findText(1, 'en-US'), { name: 'First', description: '', lockedDescription: '' })
})

t.test('the numbers of titles, achievements and users', async (t) => {
  t.strictSame(build(t, { world }).store.catalogue.count(), { titles: 6, achievements: 3, users: 1 })
  t.strictSame(build(t, { world: {} }).store.catalogue.count(), { titles: 0, achievements: 0, users: 0 })
})

t.test('a title that is published in a sandbox', async (t) => {
  const named = { name: 'App', serviceConfigId: OTHER_SCID, sandboxes: ['XDKS.1'], achievements: [], titleHub: { type: 'Application' } }
  const { store: { catalogue } } = build(t, { world: { titles: [title(), title({ ...named, titleId: 2 }), title({ ...named, titleId: 3, name: 'Game', titleHub: {} })] } })
  t.strictSame(catalogue.findPublished({ titleId: 1, sandbox: 'RETAIL' }), { name: 'One', isGame: true })
  t.strictSame(catalogue.findPublished({ titleId: 2, sandbox: 'XDKS.1' }), { name: 'App', isGame: false })
  t.strictSame(catalogue.findPublished({ titleId: 3, sandbox: 'XDKS.1' }), { name: 'Game', isGame: true })
  t.equal(catalogue.findPublished({ titleId: 2, sandbox: 'RETAIL' }), undefined)
  t.equal(catalogue.findPublished({ titleId: 9, sandbox: 'RETAIL' }), undefined)
})
