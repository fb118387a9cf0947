import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { FaultSpec } from '../../../control/faults/schema.ts'
import type { RealTimeFaultSpec } from '../../../http/real-time-fault.ts'
import { readGivenFault } from '../../text/fault-form.ts'
import { place, setQuery } from '../navigation.ts'
import { ClockSection } from '../weather/clock-section.tsx'
import { ConnectionsSection, EndpointsSection } from '../weather/connections-section.tsx'
import { FaultDialog } from '../weather/fault-dialog.tsx'
import { FaultsSection, RealTimeFaultsSection } from '../weather/faults-section.tsx'
import { LimitsSection } from '../weather/limits-section.tsx'
import { RealTimeFaultDialog } from '../weather/real-time-fault-dialog.tsx'
import { weather } from '../weather/weather-state.ts'
import '../styles/weather.css'

/** The place "Weather": what goes wrong on purpose, what time it is, how much may be asked, and who is connected. */
export function WeatherPlace (): JSX.Element {
  const { query: { section = '' } } = place.value
  useEffect(() => { document.getElementById(section)?.scrollIntoView({ block: 'start' }) }, [section])
  return (
    <div class='weather'>
      <h1>Weather</h1>
      <div class='weather-columns'>
        <div class='weather-column'><FaultsSection /><RealTimeFaultsSection /><ConnectionsSection /><EndpointsSection /></div>
        <div class='weather-column'><ClockSection /><LimitsSection /></div>
      </div>
      <FaultDialogs />
    </div>
  )
}

/** The dialog that the address names: of a new fault, `new=<JSON>`, or of one that is changed, `edit=<id>`. */
function FaultDialogs (): JSX.Element | null {
  const { query } = place.value
  const { faults = [], realTimeFaults = [] } = weather.value
  const close = (): void => { setQuery({ new: '', edit: '', newRta: '', editRta: '' }) }
  if (query['new'] !== undefined) return <FaultDialog key={query['new']} given={readGivenFault<FaultSpec>(query['new'])} onClose={close} />
  if (query['newRta'] !== undefined) return <RealTimeFaultDialog key={query['newRta']} given={readGivenFault<RealTimeFaultSpec>(query['newRta'])} onClose={close} />
  const fault = faults.find(({ id }) => String(id) === query['edit'])
  if (fault !== undefined) return <FaultDialog key={fault.id} given={fault} fault={fault} onClose={close} />
  const realTimeFault = realTimeFaults.find(({ id }) => String(id) === query['editRta'])
  return realTimeFault === undefined ? null : <RealTimeFaultDialog key={realTimeFault.id} given={realTimeFault} fault={realTimeFault} onClose={close} />
}
