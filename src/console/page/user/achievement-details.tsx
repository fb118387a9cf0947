import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import { fromLocalField, toLocalField, WINDOW_STATES, windowState } from '../../text/time-window.ts'
import { Bar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Code } from '../parts/code.tsx'
import { Count } from '../parts/count.tsx'
import { Field } from '../parts/field.tsx'
import { Instant } from '../parts/instant.tsx'
import { Picture } from '../parts/picture.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { shownName, shownState } from './achievement-cells.tsx'
import { AchievementIcon } from './achievement-icon.tsx'
import { PercentSlider } from './percent-slider.tsx'
import type { AchievementsPane } from './use-achievements.ts'
import type { ShownAchievement } from './user-data.ts'

interface DetailsProps { readonly achievement: ShownAchievement, readonly pane: AchievementsPane }

/** All that there is of one achievement. */
export function AchievementDetails ({ achievement, pane }: DetailsProps): JSX.Element {
  const isRevealed = pane.isRevealed(achievement)
  const name = shownName(achievement, isRevealed)
  const percent = pane.percents.of(achievement)
  const isUnlocked = achievement.timeUnlocked !== null
  return (
    <article class='user-details' aria-label={`Details of ${name}`}>
      <header>
        <AchievementIcon url={achievement.icon} name={name} size={56} dim={!isUnlocked} />
        <div><h3 dir='auto'>{name}</h3><StateMark state={shownState(achievement, percent)} percent={percent} /></div>
      </header>
      <Texts achievement={achievement} pane={pane} />
      <div class='user-detail-deeds'>
        <Button kind='primary' title={isUnlocked ? 'Lock it (u)' : 'Unlock it (u)'} onClick={() => { pane.perform([achievement], isUnlocked ? 'lock' : 'unlock') }}><span>{isUnlocked ? 'Lock' : 'Unlock'}</span></Button>
        <Button title={achievement.isRevoked ? 'No longer revoke it' : 'Revoke it'} onClick={() => { pane.perform([achievement], achievement.isRevoked ? 'unrevoke' : 'revoke') }}><span>{achievement.isRevoked ? 'Un-revoke' : 'Revoke'}</span></Button>
        <PercentSlider percent={percent} label={`Percent of ${name}, in detail`} onMove={(to) => { pane.percents.move(achievement, to) }} />
      </div>
      {isUnlocked && <UnlockTime key={`${achievement.id} ${achievement.timeUnlocked}`} achievement={achievement} pane={pane} />}
      <AchievementFacts achievement={achievement} pane={pane} />
    </article>
  )
}

function Texts ({ achievement, pane }: DetailsProps): JSX.Element {
  const { isSecret, timeUnlocked, description, lockedDescription, locale } = achievement
  if (isSecret && timeUnlocked === null && !pane.isRevealed(achievement)) return <p><Button title='Show the text of this secret achievement' onClick={() => { pane.reveal(achievement) }}><span>▒▒▒ Show its text</span></Button></p>
  return (
    <>
      <p dir='auto' lang={locale}><small class='soft'>Locked:</small> {lockedDescription}</p>
      <p dir='auto' lang={locale}><small class='soft'>Unlocked:</small> {description}</p>
    </>
  )
}

/** When it was unlocked, to be changed. */
function UnlockTime ({ achievement, pane }: DetailsProps): JSX.Element {
  const before = toLocalField(achievement.timeUnlocked)
  const [text, setText] = useState(before)
  const time = fromLocalField(text)
  return (
    <form class='user-time' onSubmit={(event) => { event.preventDefault(); if (time !== undefined) pane.perform([achievement], { timeUnlocked: time }) }}>
      <Field label='Unlocked at (your time)' error={time === undefined && text !== before ? 'No time that the service knows' : undefined}>
        <input type='datetime-local' step='0.001' value={text} onInput={({ currentTarget: { value } }) => { setText(value) }} />
      </Field>
      <button type='submit' class='button' disabled={time === undefined || text === before}>Set</button>
    </form>
  )
}

function AchievementFact ({ name, children }: { name: string, children: ComponentChildren }): JSX.Element {
  return <><dt>{name}</dt><dd>{children}</dd></>
}

function AchievementFacts ({ achievement, pane }: DetailsProps): JSX.Element {
  const { id, serviceConfigId, timeUnlocked, timeWindow, achievementType, rarity, rewards, requirements, estimatedTime, deeplink, locale, isSecret } = achievement
  const window = timeWindow === null ? undefined : WINDOW_STATES[windowState(timeWindow, pane.now)]
  return (
    <dl class='user-facts'>
      <AchievementFact name='Id'><Code text={String(id)} /></AchievementFact>
      <AchievementFact name='SCID'><Code text={serviceConfigId} /></AchievementFact>
      {timeUnlocked !== null && <AchievementFact name='Unlocked'><Instant time={timeUnlocked} /></AchievementFact>}
      <AchievementFact name='Type'>{achievementType}{isSecret && ', ▒ secret'}</AchievementFact>
      {timeWindow !== null && <AchievementFact name='Window'>{window?.sign} {window?.word}<br /><Instant time={timeWindow.startDate} /> to <Instant time={timeWindow.endDate} /></AchievementFact>}
      <AchievementFact name='Rarity'>{rarity === null ? <span class='soft'>not counted among so many users</span> : rarity.currentCategory}{rarity !== null && rarity.currentCategory !== 'Unset' && <>, <Count value={rarity.currentPercentage} unit='%' /> of the players</>}</AchievementFact>
      {rewards.length > 0 && <AchievementFact name='Rewards'><ul>{rewards.map((reward, index) => <Reward key={index} reward={reward} />)}</ul></AchievementFact>}
      {requirements.length > 0 && <AchievementFact name='Requires'><ul>{requirements.map((requirement) => <Requirement key={requirement.id} requirement={requirement} />)}</ul></AchievementFact>}
      {estimatedTime !== null && <AchievementFact name='Takes'>{estimatedTime}</AchievementFact>}
      {deeplink !== null && <AchievementFact name='Deep link'><Code text={deeplink} /></AchievementFact>}
      <AchievementFact name='Locale'>{locale}</AchievementFact>
    </dl>
  )
}

function Reward ({ reward: { type, value, name, description, picture } }: { reward: ShownAchievement['rewards'][number] }): JSX.Element {
  if (type === 'Gamerscore') return <li>{value} G</li>
  return <li>{picture !== null && <Picture url={picture} size={32} />} {type}{value !== '' && ` ${value}`}{name !== null && <>: <b dir='auto'>{name}</b></>}{description !== null && <><br /><span class='soft' dir='auto'>{description}</span></>}</li>
}

function Requirement ({ requirement: { id, current, target } }: { requirement: ShownAchievement['requirements'][number] }): JSX.Element {
  const [is, of] = [Number(current ?? 0), Number(target)]
  const words = `${current ?? 'not begun'} of ${target}`
  return <li><Code text={id} /><br />{words}{Number.isFinite(is) && Number.isFinite(of) && <Bar value={is} max={of} label={words} />}</li>
}
