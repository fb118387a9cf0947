import type { JSX } from 'preact'
import { stateOf } from '../../text/states.ts'
import { WINDOW_STATES, windowState } from '../../text/time-window.ts'
import { Button } from '../parts/button.tsx'
import { Count } from '../parts/count.tsx'
import { Instant } from '../parts/instant.tsx'
import { Cell } from '../parts/rows.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { AchievementIcon } from './achievement-icon.tsx'
import { PercentSlider } from './percent-slider.tsx'
import type { ShownAchievement } from './user-data.ts'
import type { AchievementsPane } from './use-achievements.ts'

/** The names of the columns in a wide window. */
export const ACHIEVEMENT_HEADS = [{ name: 'Selected', isUnseen: true }, { name: 'Icon', isUnseen: true }, 'Name', { name: 'Worth', isEnd: true }, 'State', { name: 'Unlocked', isEnd: true }, { name: 'Actions', isUnseen: true }]
/** The widths of the columns. */
export const WIDE_COLUMNS = '20px 38px minmax(150px, 1fr) 46px minmax(96px, 150px) 146px 106px'
export const NARROW_COLUMNS = '26px 40px minmax(0, 1fr) 70px'

/** Under which name an achievement is shown: a secret one that is not unlocked keeps it to itself until it is asked. */
export const shownName = ({ id, name, isSecret, timeUnlocked }: ShownAchievement, isRevealed: boolean): string =>
  isSecret && timeUnlocked === null && !isRevealed ? `Secret achievement ${id}` : name

/** The state of an achievement with a percentage that may have been moved. */
export const shownState = ({ isRevoked, timeUnlocked, state }: ShownAchievement, percent: number) =>
  stateOf({ percent: percent === 0 && state === 'InProgress' ? 1 : percent, isRevoked, isUnlocked: timeUnlocked !== null && percent === 100 })

/** A row of the list of achievements. */
export function AchievementCells ({ achievement, pane, isNarrow, isCurrent }: { achievement: ShownAchievement, pane: AchievementsPane, isNarrow: boolean, isCurrent: boolean }): JSX.Element {
  const name = shownName(achievement, pane.isRevealed(achievement))
  const percent = pane.percents.of(achievement)
  const isUnlocked = achievement.timeUnlocked !== null
  const state = shownState(achievement, percent)
  return (
    <>
      <Cell><CheckBox achievement={achievement} name={name} pane={pane} /></Cell>
      <Cell><AchievementIcon url={achievement.icon} name={name} dim={!isUnlocked} /></Cell>
      <NameCell achievement={achievement} name={name} pane={pane} under={isNarrow ? <StateMark state={state} percent={percent} /> : undefined} />
      {!isNarrow && <Cell end><Count value={achievement.gamerscore} unit='G' /></Cell>}
      {!isNarrow && <Cell class='user-percent'><StateMark state={state} percent={percent} /><PercentSlider percent={percent} label={`Percent of ${name}`} kind={state} onMove={(to) => { pane.percents.move(achievement, to) }} /></Cell>}
      {!isNarrow && <Cell end>{isUnlocked && <Instant time={achievement.timeUnlocked} />}</Cell>}
      <Cell end class='user-deeds'>
        <Button title={`${isUnlocked ? 'Lock' : 'Unlock'} ${name}${isCurrent ? ' (u)' : ''}`} onClick={() => { pane.perform([achievement], isUnlocked ? 'lock' : 'unlock') }}><span>{isUnlocked ? 'Lock' : 'Unlock'}</span></Button>
        {!isNarrow && (
          <Button kind='quiet' title={achievement.isRevoked ? `No longer revoke ${name}` : `Revoke ${name}`} pressed={achievement.isRevoked} onClick={() => { pane.perform([achievement], achievement.isRevoked ? 'unrevoke' : 'revoke') }}><span aria-hidden='true'>⊘</span></Button>
        )}
      </Cell>
    </>
  )
}

function CheckBox ({ achievement, name, pane }: { achievement: ShownAchievement, name: string, pane: AchievementsPane }): JSX.Element {
  return (
    <input
      type='checkbox' class='user-check' aria-label={`Select ${name}`} title='Select (x); with Shift all between' tabIndex={-1} checked={pane.isSelected(achievement)}
      onClick={(event) => {
        event.preventDefault()
        pane.select(achievement, event.shiftKey)
      }}
    />
  )
}

function NameCell ({ achievement, name, pane, under }: { achievement: ShownAchievement, name: string, pane: AchievementsPane, under: JSX.Element | undefined }): JSX.Element {
  const { isSecret, timeUnlocked, achievementType, timeWindow, description, lockedDescription, rarity } = achievement
  const isHidden = isSecret && timeUnlocked === null && !pane.isRevealed(achievement)
  const window = timeWindow === null ? undefined : WINDOW_STATES[windowState(timeWindow, pane.now)]
  return (
    <Cell class='user-name'>
      <span class='cut'>
        {isSecret && <span class='user-secret' title='Secret'><span aria-hidden='true'>▒</span><span class='unseen'>Secret: </span></span>}
        <b dir='auto'>{name}</b>
        {achievementType === 'Challenge' && window !== undefined && <small class='user-window' title={`Challenge, ${window.word}`}> <span aria-hidden='true'>{window.sign}</span> {window.word}</small>}
        {rarity?.currentCategory === 'Rare' && <small class='user-rare' title={`Rare: ${rarity.currentPercentage} % of the players have it`}> ◆ {rarity.currentPercentage} %</small>}
      </span>
      {under ?? (isHidden
        ? <small><Button kind='quiet' class='user-show' title={`Show the text of ${name}`} onClick={() => { pane.reveal(achievement) }}><span>▒▒▒ show its text</span></Button></small>
        : <small class='soft cut' dir='auto'>{timeUnlocked === null ? lockedDescription : description}</small>)}
    </Cell>
  )
}
