import t, { type Test } from 'tap'
import { DIALECTS, type Dialect } from '../src/model/dialect.ts'
import { ACHIEVEMENT_ORDERS } from '../src/model/list.ts'
import { FILTER_NAMES, NEUTRAL, toRequest, VALUES, type FilterName, type Reading } from '../torture/differential/steps.ts'
import { TITLES } from '../torture/differential/world.ts'
import { build } from './helper.ts'
import { operationsOf, readDocument } from './openapi/read-document.ts'

/**
 * Every value of every filter, with every order, by page and by count, held against the world: what is listed
 * has to be what KEEPS says, whatever SQL reads it. A new filter needs a row in KEEPS, and in VARIANTS what its
 * values tell apart.
 */

/** What the achievements of a title differ in. A title has one of each combination. */
const VARIANTS: ReadonlyArray<ReadonlyArray<Partial<Defined>>> = [
  [{ isSecret: false }, { isSecret: true }],
  [
    { achievementType: 'Persistent', timeWindow: null },
    { achievementType: 'Challenge', timeWindow: { startDate: '2019-01-01T00:00:00Z', endDate: '2020-06-20T00:00:00Z' } },
    { achievementType: 'Challenge', timeWindow: { startDate: '2019-01-01T00:00:00Z', endDate: '2020-06-10T00:00:00Z' } }
  ]
]

interface Defined {
  readonly isSecret: boolean
  readonly achievementType: string
  readonly timeWindow: { readonly startDate: string, readonly endDate: string } | null
}

interface Known extends Defined {
  /** No two have the same, in all titles. */
  readonly id: number
  readonly titleId: number
  readonly generation: 'modern' | 'xbox360'
  readonly isUnlocked: boolean
}

/** Whether a filter with a value keeps an achievement in a list. */
const KEEPS: Readonly<Record<FilterName, (known: Known, value: string, reading: Reading) => boolean>> = {
  titleId: ({ titleId }, value) => value.split(',').includes(String(titleId)),
  types: ({ achievementType }, value) => value.split(',').includes(achievementType),
  unlockedOnly: ({ isUnlocked }, value, reading) => isUnlocked || value === 'false' || isOfDefinitions(reading),
  possibleOnly: () => true
}

const isOfDefinitions = ({ resource, possibleOnly }: Reading): boolean => resource === 'titleachievements' || possibleOnly === 'true'

/** The achievements of one title: each combination, once unlocked and once not. */
function knownOf ({ titleId, generation }: Pick<Known, 'titleId' | 'generation'>): Known[] {
  const combined = VARIANTS.reduce((made, variants) => made.flatMap((one) => variants.map((variant) => ({ ...one, ...variant }))), [{}])
  return [true, false].flatMap((isUnlocked) => combined.map((one) => ({ ...one, isUnlocked })))
    // Descending, so that the order by id is not that of definition.
    .map((one, index) => ({ ...one as Defined & { isUnlocked: boolean }, id: 100 * titleId + 50 - index, titleId, generation }))
}

/** Two titles of each generation. A list of a title has everything of its configuration, so each has its own. */
const configurationOf = (titleId: number): string => `aaaaaaaa-0000-0000-0000-0000000000${titleId}`
const WORLD_TITLES = ([[30, 'modern'], [10, 'modern'], [40, 'xbox360'], [35, 'xbox360']] as const).map(([titleId, generation]) => ({ titleId, generation }))
const KNOWN = WORLD_TITLES.flatMap(knownOf)

const world = {
  titles: WORLD_TITLES.map((title) => ({
    ...title,
    name: String(title.titleId),
    serviceConfigId: configurationOf(title.titleId),
    achievements: KNOWN.filter(({ titleId }) => titleId === title.titleId)
      .map(({ id, titleId, generation, isUnlocked, ...defined }) => ({ id, name: String(id), ...defined }))
  })),
  users: [{
    xuid: NEUTRAL.xuid,
    gamertag: 'gamer',
    achievements: KNOWN.filter(({ isUnlocked }) => isUnlocked).map(({ id, titleId }) => ({
      serviceConfigId: configurationOf(titleId), id, percentComplete: 100, timeUnlocked: `2020-01-${10 + id % 7}T00:00:00Z`
    }))
  }],
  sessions: [{ userHash: NEUTRAL.userHash, token: NEUTRAL.token, xuid: NEUTRAL.xuid }]
}

/** Each list, in each generation. The catalogue has to be asked with a title: here, with every one. */
const LISTS: ReadonlyArray<Pick<Reading, 'resource' | 'version'> & { generation: Known['generation'], titleId: string | null }> = [
  { resource: 'achievements', version: '2', generation: 'modern', titleId: null },
  { resource: 'achievements', version: '1', generation: 'xbox360', titleId: null },
  { resource: 'titleachievements', version: '1', generation: 'xbox360', titleId: TITLES.join() }
]

const MODES: ReadonlyArray<Partial<Reading>> = [{}, { unlockedOnly: 'true' }, { possibleOnly: 'true' }, { unlockedOnly: 'true', possibleOnly: 'true' }]
const given = (name: FilterName): string[] => VALUES[name].filter((value) => value !== null)

interface Page {
  readonly status: number
  readonly ids: number[]
  readonly items: unknown
  readonly token: string | null
  readonly total: number
}

function ask (t: Test, dialect: Dialect) {
  const { app, ...emulator } = build(t, { world, config: { dialect } })
  const read = async (reading: Reading, token: string | null = null): Promise<Page> => {
    const { statusCode, body } = await app.inject(toRequest(reading, token))
    const { achievements = [], pagingInfo } = JSON.parse(body)
    return { status: statusCode, ids: achievements.map(({ id }: { id: string | number }) => Number(id)), items: achievements, token: pagingInfo?.continuationToken ?? null, total: pagingInfo?.totalRecords }
  }
  const readWhole = async (reading: Reading): Promise<Page> => await read({ ...reading, maxItems: 1000 })
  /** The ids of all pages, and each count that is not the expected one. */
  const walk = async (reading: Reading, { size, total }: { size: number, total: number }, by: 'token' | 'skipItems'): Promise<unknown[]> => {
    const seen: unknown[] = []
    let token: string | null = '0'
    for (let skip = 0; by === 'token' ? token !== null : skip <= total; skip += size) {
      const page: Page = await read({ ...reading, maxItems: size, ...by === 'skipItems' && { skipItems: skip } }, by === 'token' ? token : null)
      seen.push(...page.ids, ...page.total === total ? [] : [`totalRecords ${page.total}`])
      if (page.ids.length === 0 && by === 'token') break
      token = page.token
    }
    return seen
  }
  return { app, ...emulator, read, readWhole, walk }
}

const sameItems = (one: Page, other: Page): boolean => JSON.stringify(one.items) === JSON.stringify(other.items)

const nameOf = ({ resource, version, ...query }: Reading): string =>
  `${resource} v${version} ${['orderBy', ...FILTER_NAMES].map((name) => [name, query[name as FilterName]]).filter(([, value]) => value !== null).map((pair) => pair.join('=')).join('&')}`

t.test('a row of KEEPS and values for each filter of the document', async (t) => {
  const documented = operationsOf(await readDocument(build(t))).filter(({ path }) => /\/(title)?achievements$/.test(path))
  t.equal(documented.length, 2)
  for (const { path, operation } of documented) {
    const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
    const filters = names.filter((name) => !['orderBy', 'maxItems', 'skipItems', 'continuationToken'].includes(name))
    t.strictSame(filters.filter((name) => !(name in VALUES)), [], `${path}: without values in torture/differential/steps.ts`)
    t.strictSame(Object.keys(KEEPS).sort(), filters.sort(), `${path}: the rows of KEEPS in test/filters.test.ts, and the filters`)
  }
})

/** The parts into which orders and modes divide a list. */
const PARTS: Readonly<Record<string, (known: Known) => boolean>> = {
  unlocked: ({ isUnlocked }) => isUnlocked,
  locked: ({ isUnlocked }) => !isUnlocked
}

t.test('in what is unlocked, and in what is not, a value of each filter keeps something and drops something', async (t) => {
  for (const name of FILTER_NAMES.filter((each) => each !== 'unlockedOnly' && each !== 'possibleOnly')) {
    for (const [part, isIn] of Object.entries(PARTS)) {
      for (const generation of ['modern', 'xbox360']) {
        const known = KNOWN.filter((each) => isIn(each) && each.generation === generation)
        const telling = given(name).filter((value) => new Set(known.map((each) => KEEPS[name](each, value, NEUTRAL))).size === 2)
        t.ok(telling.length > 0, `${name}: no value tells the ${part} ones apart, ${generation}; add what it tells apart to VARIANTS, its values to torture/differential/steps.ts`)
      }
    }
  }
})

for (const dialect of DIALECTS) {
  t.test(`each value of each filter, in each order, ${dialect}`, async (t) => {
    const { readWhole, walk } = ask(t, dialect)
    const byId = new Map(KNOWN.map((known) => [known.id, known]))
    for (const { generation, ...list } of LISTS) {
      for (const orderBy of [null, ...ACHIEVEMENT_ORDERS]) {
        const wrong: string[] = []
        const wholes = new Map<boolean, number[]>()
        const check = async (reading: Reading, walks: boolean): Promise<void> => {
          const filters = FILTER_NAMES.filter((name) => reading[name] !== null)
          const expected = wholes.get(isOfDefinitions(reading))?.filter((id) => filters.every((name) => KEEPS[name](byId.get(id) as Known, reading[name] as string, reading)))
          const { ids, total } = await readWhole(reading)
          const found: Record<string, unknown> = { ids, totalRecords: total }
          const pages = { size: Math.ceil((ids.length + 1) / 3), total: ids.length }
          // In the live dialect a token is an offset, and takes the way of skipItems.
          if (walks) found['pages by token'] = await walk(reading, pages, 'token')
          if (walks && dialect === 'documented') found['pages by skipItems'] = await walk(reading, pages, 'skipItems')
          for (const [what, value] of Object.entries(found)) {
            const right = String(what === 'totalRecords' ? expected?.length : expected)
            if (String(value) !== right) wrong.push(`${nameOf(reading)}: ${what} [${String(value)}], expected [${right}]`)
          }
        }
        const base: Reading = { ...NEUTRAL, ...list, orderBy }
        for (const possibleOnly of [null, 'true']) {
          const { ids } = await readWhole({ ...base, possibleOnly })
          wholes.set(isOfDefinitions({ ...base, possibleOnly }), ids)
          const all = KNOWN.filter((known) => known.generation === generation && (known.isUnlocked || generation === 'modern' || isOfDefinitions({ ...base, possibleOnly })))
          t.strictSame(ids.toSorted((a, b) => a - b), all.map(({ id }) => id).sort((a, b) => a - b), `without a filter, ${nameOf({ ...base, possibleOnly })}`)
        }
        for (const mode of MODES) {
          for (const name of FILTER_NAMES.filter((each) => !(each in mode))) for (const value of given(name)) await check({ ...base, ...mode, [name]: value }, true)
        }
        for (const [index, name] of orderBy === null ? FILTER_NAMES.entries() : []) {
          for (const other of FILTER_NAMES.slice(index + 1)) {
            for (const value of given(name)) for (const and of given(other)) await check({ ...base, [name]: value, [other]: and }, false)
          }
        }
        t.strictSame(wrong.slice(0, 3), [], `${wrong.length} wrong lists: ${nameOf(base)}`)
      }
    }
  })

  t.test(`a continuation token belongs to the values of the filters and the order, ${dialect}`, async (t) => {
    const { read, readWhole } = ask(t, dialect)
    for (const { generation, ...list } of LISTS) {
      for (const name of [...FILTER_NAMES, 'orderBy'] as const) {
        const readings = VALUES[name].filter((value) => value !== 'LastPlayed' && (value !== null || list[name as 'titleId'] == null)).map((value): Reading => ({ ...NEUTRAL, ...list, [name]: value }))
        const wrong: string[] = []
        for (const one of readings) {
          const { token } = await read({ ...one, maxItems: 1 })
          for (const other of token === null ? [] : readings) {
            if (sameItems(await readWhole(one), await readWhole(other))) continue
            const page = await read(other, token)
            const right = dialect === 'documented' ? page.status === 400 : sameItems(page, await read({ ...other, skipItems: 1 }))
            if (!right) wrong.push(`the token of ${name}=${one[name]} for ${name}=${other[name]}: ${page.status}`)
          }
        }
        t.strictSame(wrong, [], `${list.resource} v${list.version}`)
      }
    }
  })
}
