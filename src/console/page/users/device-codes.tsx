import type { JSX } from 'preact'
import type { Profile } from '../../../model/user.ts'
import type { DeviceCode } from '../../../model/session.ts'
import { isWaiting, mayChangeDeviceCodes } from '../../text/device-codes.ts'
import { act } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { say } from '../toasts.ts'
import { inBackground } from '../undo.ts'
import { useRead } from '../use-read.ts'
import { useEmulatorInstant } from '../weather/weather-state.ts'
import { UserPicker } from './user-picker.tsx'

type ListedDevice = Omit<DeviceCode, 'deviceCode'>

/** The codes with which devices wait for a person; nothing while none does. */
export function DeviceCodes ({ user }: { /** Who approves, unless somebody else is picked. */ user: Profile | undefined }): JSX.Element | null {
  const { value, reload } = useRead<{ deviceCodes: ListedDevice[] }>('/_emulator/device-codes?limit=1000', mayChangeDeviceCodes)
  const now = useEmulatorInstant()
  const waiting = (value?.deviceCodes ?? []).filter((code) => isWaiting(code, now))
  const decide = (userCode: string, body: { decision: 'approve' | 'decline', user?: string }, words: string): void => {
    inBackground(act('PUT', `/_emulator/device-codes/${encodeURIComponent(userCode)}`, body).then(() => {
      say({ kind: 'good', text: `${userCode} ${words}` })
      reload()
    }))
  }
  if (waiting.length === 0) return null
  return (
    <section class='users-devices' aria-label='Devices that wait for a person'>
      {waiting.map(({ userCode, clientId, scope }) => (
        <div key={userCode} class='toolbar'>
          <Code text={userCode} title={`${clientId} asks for ${scope}`} /> <span class='soft'>A device waits for a person to sign in.</span>
          {user !== undefined && <Button kind='primary' onClick={() => { decide(userCode, { decision: 'approve', user: user.xuid }, `was approved as ${user.gamertag}`) }}>Approve as {user.gamertag}</Button>}
          <UserPicker label={`Approve ${userCode} as`} placeholder='Approve as: gamertag or XUID' onPick={({ xuid, gamertag }) => { decide(userCode, { decision: 'approve', user: xuid }, `was approved as ${gamertag}`) }} />
          <Button kind='danger' title={`Decline ${userCode}`} onClick={() => { decide(userCode, { decision: 'decline' }, 'was declined') }}><span>Decline</span></Button>
        </div>
      ))}
    </section>
  )
}
