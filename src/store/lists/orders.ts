import type { Order, Position } from '../../model/list.ts'
import { LAST_DATE, ZERO_DATE } from '../../base/instant.ts'

/**
 * A part of an order, as SQL: `a` is an achievement, `p` the person's progress on it, `:key` and
 * `:row` the position after which to read. Reading goes along an index from there, so that the last
 * page costs what the first one does.
 */
export interface Section {
  readonly from: string
  /** Which items belong to it; without it, all do. */
  readonly where?: string
  /** Which items come after the position. */
  readonly after: string
  readonly orderBy: string
  /** An item's sort key. */
  readonly key: string
  /** A sort key, with row 0, that comes before every item. */
  readonly start: Position['key']
}

const ABOVE_TITLE_IDS = 4_294_967_296

const ALL = 'achievement a LEFT JOIN progress p ON p.person = +:person AND p.sandbox = +:sandbox AND p.achievement = a.row'

const definition: Section = { from: ALL, after: 'a.row > +:row', orderBy: 'a.row', key: 'NULL', start: null }

/** What was unlocked after the first page was read. */
const UNLOCKED_SINCE = 'p.unlock_number > +:snapshot'

/** What was unlocked before that, in the order of progress_by_unlock, which CROSS makes the planner go along. */
const unlocked: Pick<Section, 'from' | 'where'> = {
  from: 'progress p CROSS JOIN achievement a ON a.row = p.achievement',
  where: 'p.person = +:person AND p.sandbox = +:sandbox AND p.time_unlocked IS NOT NULL AND p.unlock_number <= +:snapshot'
}

/** An order is one section or two, read one after the other; items without a sort key come last. */
export const SECTIONS: Readonly<Record<Order, readonly Section[]>> = {
  Unordered: [definition],

  Title: [{
    from: ALL,
    after: '(a.title_id, a.row) > (+:key, +:row)',
    orderBy: 'a.title_id, a.row',
    key: 'a.title_id',
    start: 0
  }],

  // Newest first. What was not unlocked when the first page was read comes last even if it is
  // now, so that an unlock between two pages moves nothing.
  UnlockTime: [{
    ...unlocked,
    after: 'p.time_unlocked <= +:key AND (p.time_unlocked < +:key OR p.achievement > +:row)',
    orderBy: 'p.time_unlocked DESC, p.achievement',
    key: 'p.time_unlocked',
    start: LAST_DATE
  }, {
    ...definition,
    where: `(p.unlock_number IS NULL OR ${UNLOCKED_SINCE})`
  }],

  // The id of the position is that of its row; + lets the comparison go along the index. Before the first
  // item there is no row, and none is needed.
  Id: [{
    from: ALL,
    after: '(a.service_configuration, a.id) > (+:key, +(SELECT id FROM achievement WHERE row = +:row))',
    orderBy: 'a.service_configuration, a.id',
    key: 'a.service_configuration',
    start: 0
  }],

  // No index has titles and times of a person: what the person has unlocked is sorted for each page. As in
  // UnlockTime, what was unlocked since the first page comes last.
  Earned: [{
    ...unlocked,
    after: `(a.title_id, p.time_unlocked, -p.achievement) <
      (coalesce((SELECT title_id FROM achievement WHERE row = +:row), ${ABOVE_TITLE_IDS}), +:key, -:row)`,
    orderBy: 'a.title_id DESC, p.time_unlocked DESC, p.achievement',
    key: 'p.time_unlocked',
    start: LAST_DATE
  }, {
    ...definition,
    where: UNLOCKED_SINCE
  }],

  // Challenges whose window had not ended when the first page was read, by its end; then the rest.
  EndingSoon: [{
    from: ALL,
    where: 'a.ends_at > +:snapshot',
    after: '(a.ends_at, a.row) > (+:key, +:row)',
    orderBy: 'a.ends_at, a.row',
    key: 'a.ends_at',
    start: ZERO_DATE
  }, {
    ...definition,
    where: '(a.ends_at IS NULL OR a.ends_at <= +:snapshot)'
  }]
}
