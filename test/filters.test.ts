import t from 'tap'
import { DIALECTS } from '../src/model/dialect.ts'
import { ACHIEVEMENT_ORDERS } from '../src/model/list.ts'
import { FILTER_NAMES, NEUTRAL, VALUES, type FilterName, type Reading } from '../torture/differential/steps.ts'
import { ask, configurationOf, given, isOfDefinitions, keeps, KEEPS, KNOWN, LISTS, nameOf, sameItems, type Known } from './filtered-lists.ts'
import { build, NOW } from './helper.ts'
import { operationsOf, readDocument } from './openapi/read-document.ts'

/**
 * Every value of every filter, with every order, by page and by count, held against the world: what is listed
 * has to be what KEEPS says, whatever SQL reads it.
 */

const MODES: ReadonlyArray<Partial<Reading>> = [{}, { unlockedOnly: 'true' }, { possibleOnly: 'true' }, { unlockedOnly: 'true', possibleOnly: 'true' }]

/** Query parameters that order or page a list. */
const NO_FILTERS = ['orderBy', 'maxItems', 'skipItems', 'continuationToken']

t.test('a row of KEEPS and values for each filter of the document', async (t) => {
  const documented = operationsOf(await readDocument(build(t))).filter(({ path }) => /^\/users\/.*\/(title)?achievements$/.test(path))
  t.equal(documented.length, 2)
  for (const { path, operation } of documented) {
    const filters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && !NO_FILTERS.includes(parameter.name))
    const names = filters.map(({ name }) => name)
    t.strictSame(names.filter((name) => !(name in VALUES)), [], `${path}: filters without values in torture/differential/steps.ts`)
    t.strictSame(filters.flatMap(({ name, schema }) => (schema.type === 'boolean' ? ['true', 'false'] : schema.enum ?? [])
      .filter((value: string) => !(VALUES[name as FilterName] ?? []).includes(value)).map((value: string) => `${name}=${value}`)), [], `${path}: values that torture/differential/steps.ts lacks`)
    t.strictSame(Object.keys(KEEPS).sort(), names.sort(), `${path}: the rows of KEEPS in test/filtered-lists.ts, and the filters`)
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
        t.ok(telling.length > 0, `${name}: no value tells the ${part} ones apart, ${generation}; add what it tells apart to VARIANTS of test/filtered-lists.ts, its values to torture/differential/steps.ts`)
      }
    }
  }
})

/** Each value alone in every mode, to be read page by page, too; without an order also each two values. */
function casesOf (base: Reading): Array<{ reading: Reading, walks: boolean }> {
  const ones = MODES.flatMap((mode) => FILTER_NAMES.filter((name) => !(name in mode)).flatMap((name) =>
    given(name).map((value) => ({ reading: { ...base, ...mode, [name]: value }, walks: true }))))
  if (base.orderBy !== null) return ones
  return [...ones, ...FILTER_NAMES.flatMap((name, index) => FILTER_NAMES.slice(index + 1).flatMap((other) =>
    given(name).flatMap((value) => given(other).map((and) => ({ reading: { ...base, [name]: value, [other]: and }, walks: false })))))]
}

const BY_ID = new Map(KNOWN.map((known) => [known.id, known]))
const ascending = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b)

for (const dialect of DIALECTS) {
  t.test(`each value of each filter, in each order, ${dialect}`, async (t) => {
    const { readWhole, walk } = ask(t, dialect)
    /** What is wrong with a list that has to be `whole` as far as its filters keep it. */
    const problemsOf = async ({ reading, walks }: { reading: Reading, walks: boolean }, whole: readonly number[]): Promise<string[]> => {
      const expected = whole.filter((id) => keeps(BY_ID.get(id) as Known, reading))
      const { ids, total } = await readWhole(reading)
      const pages = { size: Math.ceil((ids.length + 1) / 3), total: ids.length }
      return Object.entries({
        ids: [ids, expected],
        totalRecords: [total, expected.length],
        ...walks && { 'pages by token': [await walk(reading, pages, 'token'), expected] },
        // In the live dialect a token is an offset, and takes the way of skipItems.
        ...walks && dialect === 'documented' && { 'pages by skipItems': [await walk(reading, pages, 'skipItems'), expected] }
      }).filter(([, [found, right]]) => String(found) !== String(right))
        .map(([what, [found, right]]) => `${nameOf(reading)}: ${what} [${String(found)}], expected [${String(right)}]`)
    }
    for (const { generation, ...list } of LISTS) {
      for (const orderBy of [null, ...ACHIEVEMENT_ORDERS]) {
        const base: Reading = { ...NEUTRAL, ...list, orderBy }
        const wholes = new Map<boolean, number[]>()
        for (const reading of [base, { ...base, possibleOnly: 'true' }]) {
          const { ids } = await readWhole(reading)
          wholes.set(isOfDefinitions(reading), ids)
          const all = KNOWN.filter((known) => known.generation === generation && (known.isUnlocked || generation === 'modern' || isOfDefinitions(reading)))
          t.strictSame(ascending(ids), ascending(all.map(({ id }) => id)), `without a filter, ${nameOf(reading)}`)
        }
        const problems: string[] = []
        for (const each of casesOf(base)) problems.push(...await problemsOf(each, wholes.get(isOfDefinitions(each.reading)) ?? []))
        t.strictSame(problems.slice(0, 3), [], `${problems.length} wrong lists, ${nameOf(base)}`)
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

t.test('what is unlocked between two pages comes last, as far as the filters keep it', async (t) => {
  const { read, readWhole, run } = ask(t, 'documented')
  const readings = LISTS.filter(({ resource }) => resource === 'achievements').flatMap(({ generation, ...list }) =>
    // Without an order, V1 has one that depends on the time of the unlock, too.
    FILTER_NAMES.flatMap((name) => given(name).map((value): Reading => ({ ...NEUTRAL, ...list, orderBy: generation === 'modern' ? 'UnlockTime' : null, unlockedOnly: 'true', [name]: value }))))
    .filter((reading) => reading.possibleOnly !== 'true' && (reading.version === '1' || reading.unlockedOnly === 'true'))
  const firsts: Array<{ reading: Reading, ids: number[], token: string }> = []
  for (const reading of readings) {
    const { token } = await read({ ...reading, maxItems: 1 })
    if (token !== null) firsts.push({ reading, ids: (await readWhole(reading)).ids, token })
  }
  const locked = KNOWN.filter(({ isUnlocked }) => !isUnlocked)
  for (const { id, titleId } of locked) {
    run('progress.set', { xuid: NEUTRAL.xuid, scid: configurationOf(titleId), id, sandbox: 'RETAIL', percentComplete: 100, timeUnlocked: '2020-02-01T00:00:00.0000000Z', isRevoked: false, requirements: [], now: NOW })
  }
  for (const { reading, ids, token } of firsts) {
    const since = locked.filter((known) => known.generation === (reading.version === '1' ? 'xbox360' : 'modern') && keeps({ ...known, isUnlocked: true }, reading))
    const rest = await read({ ...reading, maxItems: 1000 }, token)
    t.strictSame([rest.ids, rest.total], [[...ids.slice(1), ...since.map(({ id }) => id)], ids.length + since.length], nameOf(reading))
  }
})
