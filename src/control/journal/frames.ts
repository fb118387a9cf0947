import type { RealTimeFrame } from '../../http/real-time.ts'
import type { ConnectionOrigin, RecordedFrame } from './frame.ts'

/** The frames of a journal, as they are stored. */
export interface Frames {
  /** Says which request has become a connection. Its end, the frame with a code, forgets that. */
  readonly open: (connection: number, origin: ConnectionOrigin) => void
  /** @param place when it was sent, and the id of the last request before it. */
  readonly add: (frame: RealTimeFrame, place: Pick<RecordedFrame, 'now' | 'follows'>) => RecordedFrame
  /** The frames with a greater id, oldest first. */
  readonly after: (id: number) => RecordedFrame[]
  /** The frames of a connection, oldest first. */
  readonly of: (connection: number) => RecordedFrame[]
  /** The id of the first frame that is still there; when there is none, that of the next one. */
  readonly oldest: () => number
  /** The id of the last frame; 0 before the first one. */
  readonly newest: () => number
  readonly clear: () => void
  /** How much memory they take, in bytes. */
  readonly memory: () => number
}

/** How many characters of a frame the journal stores. */
const LONGEST_JOURNAL_FRAME = 16 * 1024
/** How much memory the frames of a journal may take, in bytes: a quarter of the journal. */
const LARGEST_FRAMES = 16 * 1024 * 1024
/** How much memory a recorded frame takes besides its text, in bytes. */
const FRAME_SIZE = 256

const frameMemory = ({ text }: RecordedFrame): number => FRAME_SIZE + 2 * text.length

/** The frames of one connection that are stored, oldest first. The first of them have been forgotten. */
interface FrameQueue {
  frames: RecordedFrame[]
  first: number
}

const readQueue = (queue: FrameQueue | undefined): RecordedFrame[] => queue === undefined ? [] : queue.frames.slice(queue.first)
const countOf = ({ frames, first }: FrameQueue): number => frames.length - first

/**
 * @param size how many it stores at most. The connection that has the most frames loses its oldest one first: however
 * much is said on one, what was said on the others stays.
 */
export function createFrames (size: number): Frames {
  const origins = new Map<number, ConnectionOrigin>()
  const queues = createQueues()
  let memory = 0
  let newest = 0
  return {
    open: (connection, origin) => { origins.set(connection, origin) },

    add: (frame, place) => {
      const { connection, text, code } = frame
      const recorded: RecordedFrame = { ...frame, ...place, id: ++newest, text: shortened(text), length: text.length, origin: origins.get(connection) }
      if (code !== undefined) origins.delete(connection)
      queues.push(recorded)
      memory += frameMemory(recorded)
      while (queues.count() > size || memory > LARGEST_FRAMES) memory -= frameMemory(queues.shift())
      return recorded
    },

    after: (id) => id >= newest ? [] : queues.after(id).sort((one, other) => one.id - other.id),
    of: queues.of,
    oldest: () => queues.oldest() ?? newest + 1,
    newest: () => newest,

    clear: () => {
      queues.clear()
      memory = 0
    },

    memory: () => memory
  }
}

/** A long text is copied, because a part of it would keep all of it in memory. */
const shortened = (text: string): string => text.length <= LONGEST_JOURNAL_FRAME ? text : Buffer.from(text.slice(0, LONGEST_JOURNAL_FRAME)).toString()

/** The frames of each connection, and which connection has the most. */
function createQueues () {
  const byConnection = new Map<number, FrameQueue>()
  /** The queues by how many frames they hold: index 0 is empty. Of those that hold as many, the one comes first that has held so many for the longest time. */
  let byCount: Array<Set<FrameQueue>> = [new Set()]
  let total = 0
  const move = (queue: FrameQueue, from: number): void => {
    byCount[from]?.delete(queue)
    const count = countOf(queue)
    if (count > 0) (byCount[count] ??= new Set()).add(queue)
    while (byCount.length > 1 && byCount.at(-1)?.size === 0) byCount.pop()
  }
  return {
    count: () => total,

    push: (frame: RecordedFrame): void => {
      const { connection } = frame
      const queue = byConnection.get(connection) ?? { frames: [], first: 0 }
      byConnection.set(connection, queue)
      queue.frames.push(frame)
      total++
      move(queue, countOf(queue) - 1)
    },

    /** Forgets the oldest frame of the connection that has the most. */
    shift: (): RecordedFrame => {
      const [queue] = byCount.at(-1) as Set<FrameQueue> as unknown as [FrameQueue]
      const frame = queue.frames[queue.first++] as RecordedFrame
      total--
      move(queue, countOf(queue) + 1)
      if (countOf(queue) === 0) byConnection.delete(frame.connection)
      // Removing the first element of an array moves all others, so half of the array is removed at once.
      else if (2 * queue.first >= queue.frames.length) [queue.frames, queue.first] = [queue.frames.slice(queue.first), 0]
      return frame
    },

    of: (connection: number): RecordedFrame[] => readQueue(byConnection.get(connection)),

    /** Those with a greater id, those of each connection together. What has happened last is looked for again and again, so this begins at the end. */
    after (id: number): RecordedFrame[] {
      const found: RecordedFrame[] = []
      for (const { frames, first } of byConnection.values()) {
        for (let at = frames.length - 1; at >= first && (frames[at] as RecordedFrame).id > id; at--) found.push(frames[at] as RecordedFrame)
      }
      return found
    },

    oldest (): number | undefined {
      let oldest: number | undefined
      for (const { frames, first } of byConnection.values()) oldest = Math.min((frames[first] as RecordedFrame).id, oldest ?? Infinity)
      return oldest
    },

    clear: (): void => {
      byConnection.clear()
      byCount = [new Set()]
      total = 0
    }
  }
}
