import { GAMER, SAMPLE_TITLE } from '../helper.ts'

const ENDPOINT = {
  systemId: 'x', endpointUri: `https://notify.xboxlive.com/users/xuid(${GAMER})/deviceId/current/titleId/${SAMPLE_TITLE}`, platform: 'Win32', transport: 'RTA', titleId: String(SAMPLE_TITLE), filters: []
}

/** Requests of real-time activity, as the gamer: route, path, body, contract version, status. */
export const RTA_REQUESTS: ReadonlyArray<[route: string, path: string, body: object | undefined, version: string, status: number]> = [
  ['POST /system/notifications/endpoints', '/system/notifications/endpoints', ENDPOINT, '1', 200],
  ['DELETE /system/notifications/endpoints/{endpointId}', '/system/notifications/endpoints/x', undefined, '1', 404]
]
