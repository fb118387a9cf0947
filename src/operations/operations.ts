import { systemClock } from '../base/clock.ts'
import type { Change } from '../model/change.ts'
import type { Transact } from '../store/store.ts'
import { createDeviceCode, decideDeviceCode, redeemDeviceCode } from './device-codes.ts'
import { deleteEndpoint, putEndpoint } from './endpoints.ts'
import type { ChangePublisher } from './feed.ts'
import { exchangeCode, issueCode, issueTokens, refreshTokens } from './oauth.ts'
import { endPresence, reportPresence, setPresence } from './presence.ts'
import { changeProgress } from './progress-changing.ts'
import { clearProgress } from './progress-clearing.ts'
import { reportProgress } from './progress-report.ts'
import { setProgress } from './progress-setting.ts'
import { createSession, deleteSession } from './sessions.ts'
import type { ToldTransaction } from './told-transaction.ts'
import { addFriend, deleteUser, putUser, removeFriend, restoreUser, setPrivacy } from './users.ts'
import { exportStart, mergeWorld, replaceWorld, resetEverything, resetWorld, restoreWorld } from './world.ts'
import { issueDeviceToken, issueTitleToken, issueUserToken } from './xal.ts'
import { authorizeSisu, issueXstsToken } from './xsts.ts'

/**
 * Everything that changes the world, by name. An operation is a function of a transaction and an input:
 * JSON that holds everything that the outcome depends on besides the store: the caller's claims, the instant
 * and random tokens, too. Its result is JSON, or nothing. An operation that is refused throws an `XblError`
 * and changes nothing. Inputs are not checked here: callers check what they were sent against a schema.
 * (docs/decisions/0035-operations.md)
 */
const OPERATIONS = {
  'world.replace': replaceWorld,
  'world.merge': mergeWorld,
  'world.restore': restoreWorld,
  'world.start': exportStart,
  'world.reset': resetWorld,
  'everything.reset': resetEverything,
  'user.put': putUser,
  'user.delete': deleteUser,
  'user.restore': restoreUser,
  'privacy.set': setPrivacy,
  'presence.set': setPresence,
  'presence.report': reportPresence,
  'presence.end': endPresence,
  'friend.add': addFriend,
  'friend.remove': removeFriend,
  'progress.report': reportProgress,
  'progress.set': setProgress,
  'progress.change': changeProgress,
  'progress.clear': clearProgress,
  'session.create': createSession,
  'session.delete': deleteSession,
  'oauth.issueCode': issueCode,
  'oauth.issueTokens': issueTokens,
  'oauth.exchangeCode': exchangeCode,
  'oauth.refresh': refreshTokens,
  'deviceCode.create': createDeviceCode,
  'deviceCode.decide': decideDeviceCode,
  'deviceCode.redeem': redeemDeviceCode,
  'deviceToken.issue': issueDeviceToken,
  'titleToken.issue': issueTitleToken,
  'userToken.issue': issueUserToken,
  'xstsToken.issue': issueXstsToken,
  'sisu.authorize': authorizeSisu,
  'endpoint.put': putEndpoint,
  'endpoint.delete': deleteEndpoint
}

type Table = typeof OPERATIONS

export type OperationName = keyof Table
export type InputOf<Name extends OperationName> = Parameters<Table[Name]>[1]
export type ResultOf<Name extends OperationName> = ReturnType<Table[Name]>

export interface Operations {
  /**
   * Runs an operation as one transaction.
   *
   * @throws an `XblError` when it is refused.
   * @throws an error that `isBusy` knows while another process writes to the database file.
   */
  readonly run: <Name extends OperationName>(name: Name, input: InputOf<Name>) => ResultOf<Name>
}

/**
 * The operations on a store: nothing else writes to it. What they tell of their changes is in the feed, once it is committed.
 *
 * @param told the feed of this process; without one, processes that listen to the database file are told all the same.
 */
export function createOperations (transact: Transact, told?: ChangePublisher): Operations {
  return {
    run<Name extends OperationName> (name: Name, input: InputOf<Name>): ResultOf<Name> {
      // The compiler does not see that the name is the same in all three types.
      const operation = OPERATIONS[name] as (transaction: ToldTransaction, input: InputOf<Name>) => ResultOf<Name>
      const changes: Change[] = []
      let isHeard = false
      const result = transact((transaction) => {
        const { write } = transaction
        const isLogged = write.changes.isHeard(systemClock.now())
        isHeard = isLogged || told?.areHeard() === true
        const result = operation({ ...transaction, tell: (describe) => { if (isHeard) for (const change of describe()) changes.push(change) } }, input)
        if (isLogged && changes.length > 0) write.changes.append(changes)
        return result
      })
      // Also when nobody was listed as a listener: this process may have been, until the transaction found that its time was over.
      if (changes.length > 0 || !isHeard) told?.publish(changes)
      return result
    }
  }
}
