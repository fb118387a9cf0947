import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process'
import { once } from 'node:events'
import type { BrowserContext } from 'playwright-core'

/** What somebody has who has followed the page from the first line that `start` prints to an unlock of their own. */
interface NewcomersUnlock {
  /** The addresses on the way, the first as it stands in the greeting. */
  readonly addresses: readonly string[]
  /** The Authorization value that the page has put into the clipboard. */
  readonly authorization: string
  /** The achievement that was unlocked, as the service sends it to a client with that value. */
  readonly achievement: unknown
}

/** What is clicked: in the demo world nobody has unlocked it. */
const [USER, TITLE, ACHIEVEMENT] = ['gamer', 'Lantern Archipelago', 'Night Owl']

/** A command that runs until it is ended. */
interface GreetingCommand {
  /** What it has printed by the time that it listens. */
  readonly greeting: string
  readonly end: () => Promise<void>
}

/** Runs a command that is `xbl-achievements start`, until it has greeted. */
export async function awaitGreeting (program: string, args: readonly string[], options: SpawnOptionsWithoutStdio = {}): Promise<GreetingCommand> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let greeting = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { greeting += text })
  while (!greeting.endsWith('\n\n')) {
    const isOver = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)])
    if (isOver) throw new Error(`${program} ended before it listened: ${greeting}`)
  }
  return {
    greeting,
    end: async () => {
      child.kill()
      await ended
    }
  }
}

/**
 * A newcomer's path, by the mouse alone and by what stands on the page: the address of the greeting, a user, a title, an unlock,
 * a token to copy. With it a client then asks the service.
 *
 * @param context a browser that lets the page write to the clipboard and its reader read from it.
 * @param greeting what `start` has printed.
 */
export async function walkAsNewcomer (context: BrowserContext, greeting: string): Promise<NewcomersUnlock> {
  const [, address = ''] = /^Open (http\S+) in a browser/m.exec(greeting) ?? []
  const page = await context.newPage()
  await page.goto(address)
  await page.getByRole('link', { name: USER, exact: true }).click()
  await page.getByRole('link', { name: TITLE, exact: true }).click()
  // What is said stays for a moment alone: who waits for it has begun before.
  await Promise.all([page.getByText(`Unlocked ${ACHIEVEMENT}`).waitFor(), page.getByRole('button', { name: `Unlock ${ACHIEVEMENT}` }).click()])
  await Promise.all([page.getByText('✓ Copied').waitFor(), page.getByRole('button', { name: 'Copy token' }).click()])
  const authorization = await page.evaluate<string>('navigator.clipboard.readText()')
  const [, xuid = '', titleId = ''] = /#\/users\/(\d+)\/titles\/(\d+)/.exec(page.url()) ?? []
  const asked = new URL(`/users/xuid(${xuid})/achievements?titleId=${titleId}&maxItems=100`, address)
  const response = await fetch(asked, { headers: { authorization, 'x-xbl-contract-version': '2' } })
  const { achievements } = await response.json() as { achievements: ReadonlyArray<{ name: string }> }
  return { addresses: [address, page.url()], authorization, achievement: achievements.find(({ name }) => name === ACHIEVEMENT) }
}
