import type { ComponentChildren, JSX } from 'preact'
import type { WorldAchievement, WorldTitle } from '../../../world/schema.ts'
import { definitionFacts, filterDefinitions, firstText, textsByLocale } from '../../text/definitions.ts'
import { goTo, place, setQuery, usePlaceDetail } from '../navigation.ts'
import { Code } from '../parts/code.tsx'
import { Count } from '../parts/count.tsx'
import { Instant } from '../parts/instant.tsx'
import { Notice, ReadingNotice } from '../parts/notice.tsx'
import { Cell, VirtualRows } from '../parts/rows.tsx'
import { useRead } from '../use-read.ts'

/** A title of the world, as the world defines it. */
export function TitleDetail ({ titleId }: { titleId: string }): JSX.Element {
  const reading = useRead<WorldTitle>(`/_emulator/titles/${encodeURIComponent(titleId)}`, () => false)
  const title = reading.value
  usePlaceDetail(title?.name)
  if (title === undefined) return <><p><a href='#/world/titles'>← all titles</a></p><ReadingNotice reading={reading} /></>
  const { search = '', id } = place.value.query
  const shown = filterDefinitions(title.achievements, search)
  const chosen = title.achievements.find((achievement) => String(achievement.id) === id)
  return (
    <>
      <div class='toolbar'><a href='#/world/titles'>← all titles</a><h2 dir='auto'>{title.name}</h2></div>
      <TitleFacts title={title} />
      <div class='toolbar'>
        <h3>Achievements</h3>
        <input type='search' aria-label='Find achievements' placeholder='name or id (/)' value={search} onInput={(event) => { setQuery({ search: event.currentTarget.value }) }} />
        <span class='soft'><Count value={shown.length} /> of <Count value={title.achievements.length} /></span>
      </div>
      {shown.length === 0
        ? <Notice kind='empty'>{title.achievements.length === 0 ? 'This title has no achievements.' : 'No achievement is like that.'}</Notice>
        : (
          <div class={`world-definitions ${chosen === undefined ? '' : 'split'}`}>
            <DefinitionRows title={title} shown={shown} current={id} />
            {chosen !== undefined && <DefinitionDetail title={title} achievement={chosen} />}
          </div>
          )}
    </>
  )
}

function TitleFact ({ name, children }: { name: string, children: ComponentChildren }): JSX.Element {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}

function TitleFacts ({ title }: { title: WorldTitle }): JSX.Element {
  const { titleId, serviceConfigId, generation, achievementSystem, sandboxes, defaultLocale, platforms, status, clientIds, titleHub } = title
  return (
    <dl class='world-facts world-wide card'>
      <TitleFact name='Title id'><Code text={String(titleId)} /> <span class='soft'>0x{titleId.toString(16).toUpperCase().padStart(8, '0')}</span></TitleFact>
      <TitleFact name='Service configuration'><Code text={serviceConfigId} /></TitleFact>
      <TitleFact name='Generation'>{generation === 'xbox360' ? 'Xbox 360, listed under V1' : `modern, listed under V2; ${achievementSystem === 'eventBased' ? 'event-based' : 'title-managed'}`}</TitleFact>
      <TitleFact name='Sandboxes'>{sandboxes.length === 0 ? <span class='soft'>none</span> : sandboxes.map((sandbox) => <span key={sandbox}><Code text={sandbox} /> </span>)}</TitleFact>
      <TitleFact name='Who may read'>{title.public ? 'any title' : 'this title'}; status {status}</TitleFact>
      <TitleFact name='Platforms'><span dir='auto'>{platforms.join(', ')}</span></TitleFact>
      <TitleFact name='Default locale'><Code text={defaultLocale} /></TitleFact>
      <TitleFact name='Clients that are this title'>{clientIds.length === 0 ? <span class='soft'>none</span> : clientIds.map((each) => <span key={each}><Code text={each} /> </span>)}</TitleFact>
      {titleHub?.pfn != null && <TitleFact name='Package family name'><Code text={titleHub.pfn} /></TitleFact>}
    </dl>
  )
}

function DefinitionRows ({ title, shown, current }: { title: WorldTitle, shown: readonly WorldAchievement[], current: string | undefined }): JSX.Element {
  return (
    <VirtualRows
      class='fill card world-rows' label='Achievements' isMain items={shown} keyOf={({ id }) => String(id)} current={current ?? null}
      onCurrent={({ id }) => { setQuery({ id: String(id) }) }} onOpen={({ id }) => { goTo(place.peek().path, { ...place.peek().query, id: String(id) }) }}
      columns={['Id', 'Name', { name: 'G', isEnd: true }, 'Kind']} template='72px minmax(100px, 1fr) 56px minmax(80px, 150px)'
      row={(achievement) => {
        const { gamerscore, kind } = definitionFacts(achievement)
        return (
          <>
            <Cell><Code text={String(achievement.id)} /></Cell>
            <Cell title={firstText(achievement.name, title.defaultLocale)}><span dir='auto'>{firstText(achievement.name, title.defaultLocale)}</span></Cell>
            <Cell end><Count value={gamerscore} /></Cell>
            <Cell class='soft' title={kind}>{kind}</Cell>
          </>
        )
      }}
    />
  )
}

function DefinitionDetail ({ title, achievement }: { title: WorldTitle, achievement: WorldAchievement }): JSX.Element {
  const { id, timeWindow, requirements, rewards, mediaAssets, deeplink, estimatedTime, achievementType, participationType, isSecret } = achievement
  return (
    <section class='card world-definition' aria-label={`Achievement ${id}`} tabIndex={0}>
      <h3 dir='auto'>{firstText(achievement.name, title.defaultLocale)}</h3>
      <dl class='world-facts'>
        <TitleFact name='Kind'>{achievementType}, {participationType}{isSecret ? ', secret' : ''}</TitleFact>
        <TitleFact name='Time window'>{timeWindow === null ? <span class='soft'>always</span> : <><Instant time={timeWindow.startDate} /> – <Instant time={timeWindow.endDate} /></>}</TitleFact>
        <TitleFact name='Rewards'>{rewards.length === 0 ? <span class='soft'>none</span> : <ul>{rewards.map((reward, index) => <li key={index} dir='auto'>{reward.type} {reward.value}{reward.name !== null && `: ${reward.name}`}</li>)}</ul>}</TitleFact>
        <TitleFact name='Requirements'>{requirements.length === 0 ? <span class='soft'>the percentage that the title reports</span> : <ul>{requirements.map((requirement) => <li key={requirement.id}><Code text={requirement.id} /> {requirement.target}</li>)}</ul>}</TitleFact>
        <TitleFact name='Pictures'>{mediaAssets.length === 0 ? <span class='soft'>none</span> : <ul>{mediaAssets.map((asset, index) => <li key={index}>{asset.type} <Code text={asset.url} /></li>)}</ul>}</TitleFact>
        {estimatedTime !== null && <TitleFact name='Estimated time'>{estimatedTime}</TitleFact>}
        {deeplink !== null && <TitleFact name='Deep link'><Code text={deeplink} /></TitleFact>}
      </dl>
      <table>
        <caption class='unseen'>Texts by locale</caption>
        <thead><tr><th scope='col'>Locale</th><th scope='col'>Name</th><th scope='col'>Description</th><th scope='col'>While locked</th></tr></thead>
        <tbody>{textsByLocale(achievement, title.defaultLocale).map(({ locale, name, description, lockedDescription }) => <tr key={locale}><th scope='row'><Code text={locale} /></th><td dir='auto' lang={locale}>{name}</td><td dir='auto' lang={locale}>{description}</td><td dir='auto' lang={locale}>{lockedDescription}</td></tr>)}</tbody>
      </table>
    </section>
  )
}
