import t from 'tap'
import { writeAlone, writePage } from '../../../src/xbox/answers/pages.ts'

/** Pieces of one memory, side by side. */
const memory = Buffer.from(',{"id":1},{"id":2},{"id":"é"}')
const [one, two, three] = [memory.subarray(0, 9), memory.subarray(9, 18), memory.subarray(18)] as const
const paging = { continuationToken: null, totalRecords: 9 }
const END = '],"pagingInfo":{"continuationToken":null,"totalRecords":9}}'

const write = (items: Array<string | Buffer>): string[] => writePage({ items, ...paging }, 'modern').map(String)

t.test('a page comes in as few pieces as its memory allows', async (t) => {
  t.strictSame(write([]), ['{"achievements":[', END])
  t.strictSame(write([one, two, three]), ['{"achievements":[', '{"id":1},{"id":2},{"id":"é"}', END])
  t.strictSame(write([two, one]), ['{"achievements":[', '{"id":2}', ',{"id":1}', END])
  t.strictSame(write([one, three]), ['{"achievements":[', '{"id":1}', ',{"id":"é"}', END])
  t.strictSame(write([one, Buffer.from(',{}')]), ['{"achievements":[', '{"id":1}', ',{}', END])
})

t.test('what a user has begun is encoded with what follows it', async (t) => {
  t.strictSame(write([',{"a":1}', ',{"ü":2}', one, ',{"b":3}']), ['{"achievements":[', '{"a":1},{"ü":2}', ',{"id":1}', `,{"b":3}${END}`])
})

t.test('an achievement alone, of text or of bytes', async (t) => {
  const documented = { dialect: 'documented', generation: null } as const
  t.strictSame(writeAlone(',{"é":1}', documented).map(String), ['{"achievement":{"é":1}}'])
  t.strictSame(writeAlone(three, documented).map(String), ['{"achievement":', '{"id":"é"}', '}'])
  t.strictSame(writeAlone(one, { dialect: 'live', generation: 'xbox360' }).map(String),
    ['{"achievements":[', '{"id":1}', '],"pagingInfo":{"continuationToken":null,"totalRecords":1},"version":"0001-01-01T00:00:00.0000000Z"}'])
})
