import type { RealTimeFaultSpec } from '../../http/real-time-fault.ts'
import { readDelay, writeDelay } from './duration.ts'
import { orNull, readCount, readMembers, writeMember, writePercent, type ReadForm } from './fault-form.ts'

/** A fault of real-time activity as a person fills it in: what happens is one choice. */
export interface RealTimeFaultForm {
  readonly what: 'refuse' | 'drop' | 'delay'
  readonly code: string
  readonly delay: string
  readonly user: string
  readonly resource: string
  readonly times: string
  /** In percent. */
  readonly probability: string
  readonly seed: string
  readonly enabled: boolean
}

/** The fields of a fault, or of a part of one. */
export function writeRealTimeFaultForm ({ on = 'subscribe', code = null, drop = false, delay = null, xuid, resource, times, probability = 1, seed, enabled = true }: Partial<RealTimeFaultSpec>): RealTimeFaultForm {
  return {
    what: on === 'subscribe' ? 'refuse' : drop ? 'drop' : 'delay',
    code: writeMember(code ?? 1001),
    delay: writeDelay(delay),
    user: writeMember(xuid),
    resource: writeMember(resource),
    times: writeMember(times),
    probability: writePercent(probability),
    seed: writeMember(seed),
    enabled
  }
}

/** Reads a form. Each member is there, so that a change takes away what is empty. */
export function readRealTimeFaultForm (form: RealTimeFaultForm): ReadForm<RealTimeFaultSpec> {
  const wait = readDelay(form.delay)
  return readMembers(form, (check) => ({
    on: form.what === 'refuse' ? 'subscribe' as const : 'event' as const,
    code: form.what === 'refuse' ? readCount(form.code) as RealTimeFaultSpec['code'] : null,
    drop: form.what === 'drop',
    delay: form.what === 'delay' ? check('delay', typeof wait === 'number' ? wait : undefined, 'a time such as 3 s or 500 ms') : null,
    resource: orNull(form.resource)
  }))
}
