import type { Fault } from '../control/faults/faults.ts'
import { FaultSpec } from '../control/faults/schema.ts'
import { requireValid } from '../http/body.ts'
import type { MethodContext } from './context.ts'

/** What goes wrong, and for which requests: at least a status, an effect or a delay. */
export type FaultInput = Partial<FaultSpec>

export interface FaultMethods {
  /** Adds a fault; the function that it returns removes it. */
  readonly fault: (spec: FaultInput) => () => void
  /** The faults that are set up, in the order in which they are tried, and how often each has happened. */
  readonly faults: () => Fault[]
  /** Removes a fault. It returns false when there is none with the id. */
  readonly removeFault: (id: number) => boolean
  readonly clearFaults: () => void
}

export function faultMethods ({ served: { faults } }: MethodContext): FaultMethods {
  return {
    fault: (spec) => {
      const { id } = faults.add(requireValid(FaultSpec, spec))
      return () => { faults.remove(id) }
    },
    faults: faults.list,
    removeFault: faults.remove,
    clearFaults: faults.clear
  }
}
