import { setTimeout } from 'node:timers/promises'
import type { BrowserContext } from 'playwright-core'

/** For how long an answer is held at most, in ms. By itself 0: `SLOW_ANSWERS=800 npx tap …` finds tests that look at what has not been read yet. */
const LONGEST = Number(process.env.SLOW_ANSWERS ?? 0)

/** Holds each answer to a window of the test for as long as chance has it, if that was asked for. */
export async function slowAnswersDown (context: BrowserContext): Promise<void> {
  if (LONGEST === 0) return
  await context.route('**', async (route) => {
    await setTimeout(Math.random() * LONGEST)
    await route.fallback()
  })
}
