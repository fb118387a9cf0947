import type { Fault } from '../control/faults/faults.ts'
import { FaultChangeBody, FaultSpec, type RequestFaultChange } from '../control/faults/schema.ts'
import { requireFault } from '../control/faults/table-routes.ts'
import { requireValid } from '../http/body.ts'
import type { MethodContext } from './context.ts'

/** What goes wrong, and for which requests: at least a status, an effect or a delay. */
export type FaultInput = Partial<FaultSpec>

/** What becomes of a fault: its members, how often it has `happened`, and its `position` among the faults, from 1. */
export type FaultChangeInput = RequestFaultChange

export interface FaultMethods {
  /** Adds a fault; the function that it returns removes it. */
  readonly fault: (spec: FaultInput) => () => void
  /** The faults that are set up, in the order in which they are tried, and how often each has happened. */
  readonly faults: () => Fault[]
  /**
   * Changes a fault: what is given takes the place of what there is, and all else stays. `{ enabled: false }` switches it off.
   *
   * @returns the fault as it is then.
   * @throws 404 when there is none with the id.
   */
  readonly changeFault: (id: number, change: FaultChangeInput) => Fault
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
    changeFault: (id, change) => requireFault(faults.change(id, requireValid(FaultChangeBody, change, 'The change')), id),
    removeFault: faults.remove,
    clearFaults: faults.clear
  }
}
