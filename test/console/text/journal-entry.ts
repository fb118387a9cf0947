import type { JournalEntry } from '../../../src/control/journal/entry.ts'
import type { FrameEntry } from '../../../src/control/journal/frame.ts'

/** An entry of the journal as a test needs it. */
export const journalEntry = (more: Partial<JournalEntry> = {}): JournalEntry => ({
  id: 1,
  time: '2020-06-15T12:00:00.0000000Z',
  method: 'GET',
  scheme: 'http',
  host: '127.0.0.1:5280',
  httpVersion: '1.1',
  path: '/users/xuid(2533274790412952)/achievements',
  query: '',
  headers: { host: '127.0.0.1:5280', authorization: 'XBL3.0 x=…', 'x-xbl-contract-version': '2' },
  contractVersion: '2',
  claims: { xuid: '2533274790412952', titleId: 1660944384, sandbox: 'RETAIL', location: 'US', thirdPartySite: false },
  body: null,
  status: 200,
  refusal: null,
  hint: null,
  ms: 1.5,
  fault: null,
  matched: true,
  answer: null,
  ...more
})

/** A frame of the journal as a test needs it. */
export const journalFrame = (more: Partial<FrameEntry> = {}): FrameEntry => ({
  id: 1, time: '2020-06-15T12:00:00.0000000Z', connection: 1, request: 1, follows: 1, xuid: '2533274790412952', direction: 'out', type: 'text', text: '[4]', length: 3, code: null, ...more
})
