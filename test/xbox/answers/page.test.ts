import t from 'tap'
import { renderPage, renderSingle } from '../../../src/xbox/answers/page.ts'

/** Three chunks that are side by side in memory. */
const memory = Buffer.from(',{"id":1},{"id":2},{"id":"é"}')
const [one, two, three] = [memory.subarray(0, 9), memory.subarray(9, 18), memory.subarray(18)] as const
const paging = { continuationToken: null, totalRecords: 9 }
const END = '],"pagingInfo":{"continuationToken":null,"totalRecords":9}}'

const render = (items: Array<string | Buffer>): string[] => renderPage({ items, ...paging }, 'modern').map(String)

t.test('chunks that are side by side in memory become one', async (t) => {
  t.strictSame(render([]), ['{"achievements":[', END])
  t.strictSame(render([one, two, three]), ['{"achievements":[', '{"id":1},{"id":2},{"id":"é"}', END])
  t.strictSame(render([two, one]), ['{"achievements":[', '{"id":2}', ',{"id":1}', END])
  t.strictSame(render([one, three]), ['{"achievements":[', '{"id":1}', ',{"id":"é"}', END])
  t.strictSame(render([one, Buffer.from(',{}')]), ['{"achievements":[', '{"id":1}', ',{}', END])
})

t.test('texts that follow each other are encoded as one chunk', async (t) => {
  t.strictSame(render([',{"a":1}', ',{"ü":2}', one, ',{"b":3}']), ['{"achievements":[', '{"a":1},{"ü":2}', ',{"id":1}', `,{"b":3}${END}`])
})

t.test('a single achievement, from a text or from bytes', async (t) => {
  const documented = { dialect: 'documented', generation: null } as const
  t.strictSame(renderSingle(',{"é":1}', documented).map(String), ['{"achievement":{"é":1}}'])
  t.strictSame(renderSingle(three, documented).map(String), ['{"achievement":', '{"id":"é"}', '}'])
  t.strictSame(renderSingle(one, { dialect: 'live', generation: 'xbox360' }).map(String),
    ['{"achievements":[', '{"id":1}', '],"pagingInfo":{"continuationToken":null,"totalRecords":1},"version":"0001-01-01T00:00:00.0000000Z"}'])
})
