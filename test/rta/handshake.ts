import { sentBy } from '../control/client.ts'

/** The head of a request for a WebSocket; a header that is undefined is not sent. The key is the example of RFC 6455. */
export function handshake (target: string, headers: Record<string, string | undefined> = {}): string {
  const all = { host: 'localhost', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...sentBy(), ...headers }
  return `GET ${target} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => value === undefined ? '' : `${name}: ${value}\r\n`).join('')}\r\n`
}
