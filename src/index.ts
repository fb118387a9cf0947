/** The emulator in a Node process. */
export { startEmulator } from './emulator/start.ts'
export { ConfigError } from './config/config.ts'
export { XblError } from './model/refusals.ts'
export { DatabaseError } from './store/migrate.ts'
export { WorldError } from './world/problems.ts'

export type { ClockState } from './control/clock-routes.ts'
export type { Fault } from './control/faults/faults.ts'
export type { FaultSpec } from './control/faults/schema.ts'
export type { Health } from './control/health.ts'
export type { JournalEntry, JournalFilter } from './control/journal/journal.ts'
export type { Emulator } from './emulator/emulator.ts'
export type { EmulatorOptions } from './emulator/options.ts'
export type { SessionClaims } from './emulator/session-methods.ts'
export type { ResetRange, Unlock, UserKey } from './emulator/user-methods.ts'
export type { WorldPatch } from './emulator/world-methods.ts'
export type { Dialect } from './model/dialect.ts'
export type { Claims } from './model/session.ts'
export type { ListedTitle } from './model/title.ts'
export type { CrossUserRule, ListedUser, Privacy } from './model/user.ts'
export type { CreatedSession } from './operations/sessions.ts'
export type { Credentials } from './store/sessions.ts'
export type { World, WorldProgress, WorldTitle, WorldUser } from './world/schema.ts'
export type {
  LocalizedTextInput, WorldAchievementInput, WorldIgdbInput, WorldInput, WorldMediaAssetInput, WorldPlayedTitleInput, WorldProgressInput, WorldRequirementInput, WorldRewardInput,
  WorldSessionInput, WorldTitleInput, WorldUserInput
} from './world/world-input.ts'
