import t from 'tap'
import { rowOfKey, rowsInView, scrollToRow } from '../../../src/console/text/windowing.ts'

t.test('the rows that are seen, and some more', async (t) => {
  const rowHeight = 20
  t.strictSame(rowsInView({ scrollTop: 0, height: 200, rowHeight, count: 1000 }), { first: 0, end: 18 })
  t.strictSame(rowsInView({ scrollTop: 5010, height: 200, rowHeight, count: 1000 }), { first: 242, end: 269 })
  t.strictSame(rowsInView({ scrollTop: 19_800, height: 200, rowHeight, count: 1000 }), { first: 982, end: 1000 })
  t.strictSame(rowsInView({ scrollTop: 0, height: 200, rowHeight, count: 3 }), { first: 0, end: 3 })
  t.strictSame(rowsInView({ scrollTop: 5000, height: 200, rowHeight, count: 3 }), { first: 0, end: 3 }, 'a list that has become short')
  t.strictSame(rowsInView({ scrollTop: -30, height: 200, rowHeight, count: 0 }), { first: 0, end: 0 }, 'an empty one that is pulled')
})

t.test('a row is scrolled to only if it is not seen whole', async (t) => {
  const view = { scrollTop: 100, height: 200, rowHeight: 20 }
  t.strictSame([4, 5, 14, 15, 0].map((index) => scrollToRow(index, view)), [80, 100, 100, 120, 0])
})

t.test('keys move from row to row, and not beyond the ends', async (t) => {
  const move = (key: string, index: number): number | undefined => rowOfKey(key, { index, count: 100, page: 10 })
  t.strictSame(['j', 'ArrowDown', 'k', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'].map((key) => move(key, 50)), [51, 51, 49, 49, 0, 99, 60, 40])
  t.strictSame([move('k', 0), move('j', 99), move('PageUp', 3), move('PageDown', 95), move('j', -1)], [0, 99, 0, 99, 0])
  t.strictSame([move('x', 50), move('toString', 50), rowOfKey('j', { index: -1, count: 0, page: 10 })], [undefined, undefined, undefined])
})
