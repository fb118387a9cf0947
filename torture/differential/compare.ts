import type { Answered, Emulator } from './emulators.ts'
import type { Sequence } from './steps.ts'

/** A request of a sequence that two emulators have answered differently. */
export interface Difference {
  readonly request: string
  readonly one: string
  readonly other: string
}

/** Answers sequences: an emulator, or the recorded answers of one. */
type Answers = Pick<Emulator, 'answers'>

/**
 * Sends a sequence to two emulators.
 *
 * @param count is called for each request.
 * @returns the first difference; undefined when there is none.
 */
export async function compare ({ one, other }: { one: Answers, other: Answers }, sequence: Sequence, count: () => void = () => {}): Promise<Difference | undefined> {
  const answers = other.answers(sequence)
  for await (const { sent, answer } of one.answers(sequence)) {
    const { value } = await answers.next()
    count()
    if (value?.answer !== answer) return { request: JSON.stringify(sent), one: answer, other: value?.answer ?? 'nothing' }
  }
  return undefined
}

/** Sends sequences to an emulator, and remembers what it answers. */
export async function record ({ answers }: Answers, sequences: readonly Sequence[]): Promise<Answers> {
  const known = new Map<Sequence, Answered[]>()
  for (const sequence of sequences) {
    const answered: Answered[] = []
    for await (const each of answers(sequence)) answered.push(each)
    known.set(sequence, answered)
  }
  return {
    async * answers (sequence) { yield * known.get(sequence) as Answered[] }
  }
}
