import type { Database } from 'better-sqlite3'
import type { DeviceCode, DeviceCodeState } from '../model/session.ts'

/** How many device codes are stored; older ones are deleted, whatever has become of them. */
const MOST_DEVICE_CODES = 10_000

/** A device code with its number in the order of creation. */
export interface ListedDeviceCode extends DeviceCode {
  readonly row: number
}

const COLUMNS = 'row, device_code AS deviceCode, user_code AS userCode, client_id AS clientId, scope, expires, state, xuid'

/** Prepares to read the codes with which devices wait for a person. */
export function prepareDeviceCodes (database: Database) {
  const find = database.prepare<[string], ListedDeviceCode>(`SELECT ${COLUMNS} FROM device_code WHERE device_code = ?`)
  const findByUserCode = database.prepare<[string], ListedDeviceCode>(`SELECT ${COLUMNS} FROM device_code WHERE user_code = ?`)
  const list = database.prepare<{ after: number, limit: number }, ListedDeviceCode>(`SELECT ${COLUMNS} FROM device_code WHERE row > :after ORDER BY row LIMIT :limit`)
  return {
    /** By what the device has; undefined when there is none. It may have expired, as in the other methods. */
    find: (deviceCode: string): ListedDeviceCode | undefined => find.get(deviceCode),

    /** By what the person enters, in any letter case. */
    findByUserCode: (userCode: string): ListedDeviceCode | undefined => findByUserCode.get(userCode.toUpperCase()),

    /** Those after a number, in the order of creation. */
    list: (range: { after: number, limit: number }): ListedDeviceCode[] => list.all(range)
  }
}

/** Prepares to write them. */
export function prepareDeviceCodeWrites (database: Database) {
  // Two user codes are never the same but by a chance of one in millions: then the older one is forgotten.
  const insert = database.prepare<DeviceCode>(`
    INSERT OR REPLACE INTO device_code (device_code, user_code, client_id, scope, expires, state, xuid)
    VALUES (:deviceCode, :userCode, :clientId, :scope, :expires, :state, :xuid)`)
  const trim = database.prepare<[number]>('DELETE FROM device_code WHERE row <= ?')
  const setState = database.prepare<{ row: number, state: DeviceCodeState, xuid: string | null }>('UPDATE device_code SET state = :state, xuid = :xuid WHERE row = :row')
  const clear = database.prepare<[]>('DELETE FROM device_code')
  return {
    add (code: DeviceCode): void {
      const { lastInsertRowid } = insert.run(code)
      trim.run(Number(lastInsertRowid) - MOST_DEVICE_CODES)
    },

    setState (change: { row: number, state: DeviceCodeState, xuid: string | null }): void { setState.run(change) },

    clear (): void { clear.run() }
  }
}
