import { LAST_DATE, ZERO_DATE } from '../../base/instant.ts'
import type { AchievementOrder, ListPosition } from '../../model/list.ts'

/**
 * A part of an order, as SQL: `a` is an achievement, `p` the person's progress on it, and `:key` and `:row` are
 * the position after which to read. SQLite seeks to the position along an index, so that the last page takes no
 * longer than the first.
 */
export interface Section {
  readonly from: string
  /** Which items belong to the section; all when there is no condition. */
  readonly where?: string
  /** Which items come after the position. */
  readonly after: string
  readonly orderBy: string
  /** An item's sort key. */
  readonly key: string
  /** A sort key, with row 0, that comes before every item. */
  readonly start: ListPosition['key']
}

/** A sort key after every title id. */
const ABOVE_TITLE_IDS = 4_294_967_296

const ALL = 'achievement a LEFT JOIN progress p ON p.person = +:person AND p.sandbox = +:sandbox AND p.achievement = a.row'

/** All achievements in the order of definition. */
const definitionOrder: Section = { from: ALL, after: 'a.row > +:row', orderBy: 'a.row', key: 'NULL', start: null }

/** SQL: whether an achievement was unlocked after the first page was read. */
const UNLOCKED_SINCE = 'p.unlock_number > +:snapshot'

/** What had been unlocked when the first page was read. CROSS makes the planner read progress first, along the index progress_by_unlock. */
const unlocked: Pick<Section, 'from' | 'where'> = {
  from: 'progress p CROSS JOIN achievement a ON a.row = p.achievement',
  where: 'p.person = +:person AND p.sandbox = +:sandbox AND p.time_unlocked IS NOT NULL AND p.unlock_number <= +:snapshot'
}

/** The one or two sections of each order, read one after the other. Items without a sort key are in the last. */
export const SECTIONS: Readonly<Record<AchievementOrder, readonly Section[]>> = {
  Unordered: [definitionOrder],

  Title: [{
    from: ALL,
    after: '(a.title_id, a.row) > (+:key, +:row)',
    orderBy: 'a.title_id, a.row',
    key: 'a.title_id',
    start: 0
  }],

  // Newest first, then what was locked when the first page was read. What was unlocked since is still in the
  // second section, so that an unlock between two pages moves no item.
  UnlockTime: [{
    ...unlocked,
    after: 'p.time_unlocked <= +:key AND (p.time_unlocked < +:key OR p.achievement > +:row)',
    orderBy: 'p.time_unlocked DESC, p.achievement',
    key: 'p.time_unlocked',
    start: LAST_DATE
  }, {
    ...definitionOrder,
    where: `(p.unlock_number IS NULL OR ${UNLOCKED_SINCE})`
  }],

  // A position has no achievement id, so it is looked up by row. The plus in front of the subquery lets SQLite seek
  // both columns of the index (findings/better-sqlite3-row-value-with-a-subquery-seeks-one-column.sh). The first
  // page has no row, and compares the service configuration alone.
  Id: [{
    from: ALL,
    after: '(a.service_configuration, a.id) > (+:key, +(SELECT id FROM achievement WHERE row = +:row))',
    orderBy: 'a.service_configuration, a.id',
    key: 'a.service_configuration',
    start: 0
  }],

  // No index has a person's unlocks by title and time, so they are sorted for each page. As in UnlockTime, what
  // was unlocked since the first page comes last.
  Earned: [{
    ...unlocked,
    after: `(a.title_id, p.time_unlocked, -p.achievement) <
      (coalesce((SELECT title_id FROM achievement WHERE row = +:row), ${ABOVE_TITLE_IDS}), +:key, -:row)`,
    orderBy: 'a.title_id DESC, p.time_unlocked DESC, p.achievement',
    key: 'p.time_unlocked',
    start: LAST_DATE
  }, {
    ...definitionOrder,
    where: UNLOCKED_SINCE
  }],

  // Challenges whose time window had not ended when the first page was read, by its end; then all others.
  EndingSoon: [{
    from: ALL,
    where: 'a.ends_at > +:snapshot',
    after: '(a.ends_at, a.row) > (+:key, +:row)',
    orderBy: 'a.ends_at, a.row',
    key: 'a.ends_at',
    start: ZERO_DATE
  }, {
    ...definitionOrder,
    where: '(a.ends_at IS NULL OR a.ends_at <= +:snapshot)'
  }]
}
