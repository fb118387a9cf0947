import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long the page with a password's form can be used, in ms. */
const PAGE_LIFETIME = 3_600_000

/** The time is negative before 1970. */
const FORM = /^-(-?[\da-z]{1,12})\*([\w-]{43})$/

/** What the page of a sign-in sends along, and the form of its password has to send back. */
export interface PageTokens {
  readonly issue: (request: string, now: number) => string
  /** True for one that was issued for the same request, no more than an hour ago. */
  readonly isFor: (token: string, request: string, now: number) => boolean
}

/**
 * Makes the tokens that bind the form of a password to the request of the page that it is on: the name `PPFT` is that of
 * the live host. They are signed with a key of this process, and kept nowhere: whoever loads pages fills no table.
 */
export function createPageTokens (): PageTokens {
  const key = randomBytes(32)
  const sign = (time: string, request: string): string => createHmac('sha256', key).update(`${time} ${request}`).digest('base64url')
  return {
    issue (request, now) {
      const time = now.toString(36)
      return `-${time}*${sign(time, request)}`
    },
    isFor (token, request, now) {
      const [, time = '', signature = ''] = FORM.exec(token) ?? []
      return signature !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(sign(time, request))) && now < parseInt(time, 36) + PAGE_LIFETIME
    }
  }
}
