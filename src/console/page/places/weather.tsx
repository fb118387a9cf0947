import type { JSX } from 'preact'

/** The place "Weather". */
export function WeatherPlace (): JSX.Element {
  return <h1>Weather</h1>
}
