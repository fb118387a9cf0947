/** What a person may choose of a world to begin with. */
export interface StartingWorld {
  readonly titleId: number
  readonly name: string
  readonly gamertag: string
}

/** The schema that lies beside the world, for the editor; a folder of worlds leaves it out. */
export const SCHEMA_FILE = 'world.schema.json'

/** A service configuration whose id ends with the title id, as those of the service do. */
export const serviceConfigIdOf = (titleId: number): string => `00000000-0000-0000-0000-0000${titleId.toString(16).padStart(8, '0')}`

/**
 * A small world to edit: a title with three achievements, one of which is secret and one begun, a user who is playing
 * it, and a token of that user in the title. Members that have a default are left out, unless they are there to be changed.
 */
export function createStartingWorld ({ titleId, name, gamertag }: StartingWorld): object {
  const xuid = '2533274790000001'
  const serviceConfigId = serviceConfigIdOf(titleId)
  return {
    $schema: `./${SCHEMA_FILE}`,
    titles: [{
      titleId,
      name,
      serviceConfigId,
      achievements: [
        { id: 1, name: 'First light', description: 'You have started the game.', lockedDescription: 'Start the game.', rewards: [{ type: 'Gamerscore', value: '10' }] },
        { id: 2, name: 'Half way', description: 'You have finished five levels.', lockedDescription: 'Finish five levels.', rewards: [{ type: 'Gamerscore', value: '40' }] },
        { id: 3, name: 'Hidden door', description: 'You have found the hidden door.', lockedDescription: 'Keep looking.', isSecret: true, rewards: [{ type: 'Gamerscore', value: '50' }] }
      ]
    }],
    users: [{
      xuid,
      gamertag,
      presence: { titles: [{ titleId, richPresence: 'On level five' }] },
      titles: [{ titleId, lastPlayed: '2026-01-17T03:19:00.0000000Z', minutesPlayed: 45 }],
      achievements: [
        { serviceConfigId, id: 1, percentComplete: 100, timeUnlocked: '2026-01-17T03:19:00.0000000Z' },
        { serviceConfigId, id: 2, percentComplete: 40 }
      ]
    }],
    sessions: [{ userHash: 'my', token: 'token', xuid, titleId }]
  }
}
