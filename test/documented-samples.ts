/** The documented sample responses (the trailing comma of the pages aside), members in their order. */

const before = {
  id: '3',
  serviceConfigId: 'b5dd9daf-0000-0000-0000-000000000000',
  name: 'Default NameString for Microsoft Achievements Sample Achievement 3',
  titleAssociations: [{
    name: 'Microsoft Achievements Sample',
    id: 3051199919,
    version: 'abc'
  }],
  progressState: 'Achieved'
}

const after = {
  mediaAssets: [{
    name: 'Icon Name',
    type: 'Icon',
    url: 'http://www.xbox.com'
  }],
  platform: 'D',
  isSecret: true,
  description: 'Default DescriptionString for Microsoft Achievements Sample Achievement 3',
  lockedDescription: 'Default UnachievedString for Microsoft Achievements Sample Achievement 3',
  productId: '12345678-1234-1234-1234-123456789012',
  achievementType: 'Challenge',
  participationType: 'Individual',
  timeWindow: {
    startDate: '2013-02-01T00:00:00Z',
    endDate: '2100-07-01T00:00:00Z'
  },
  rewards: [{
    name: null,
    description: null,
    value: '10',
    type: 'Gamerscore',
    valueType: 'Int'
  }, {
    name: 'Default Name for InAppReward for Microsoft Achievements Sample Achievement 3',
    description: 'Default Description for InAppReward for Microsoft Achievements Sample Achievement 3',
    value: '1',
    type: 'InApp',
    valueType: 'String'
  }],
  estimatedTime: '06:12:14',
  deeplink: 'aWFtYWRlZXBsaW5r',
  isRevoked: false
}

export const LIST_SAMPLE = {
  achievements: [{
    ...before,
    progression: {
      achievementState: 'Achieved',
      requirements: null,
      timeUnlocked: '2013-01-17T03:19:00.3087016Z'
    },
    ...after
  }],
  pagingInfo: {
    continuationToken: null,
    totalRecords: 1
  }
}

export const SINGLE_SAMPLE = {
  achievement: {
    ...before,
    progression: {
      requirements: null,
      timeUnlocked: '2013-01-17T03:19:00.3087016Z'
    },
    ...after
  }
}

/** What everybody but the user that unlocked it sees of the sample. */
export const LOCKED_SINGLE_SAMPLE = {
  achievement: {
    ...SINGLE_SAMPLE.achievement,
    progressState: 'NotStarted',
    progression: { requirements: null, timeUnlocked: '0001-01-01T00:00:00.0000000Z' }
  }
}

const { mediaAssets, platform, ...rest } = after

/** The same achievement as the live service's members have it: one requirement stands for those that the world does not tell. */
export const LIVE_SAMPLE = {
  achievements: [{
    ...before,
    progression: {
      requirements: [{
        id: '8adabbb7-df41-8285-a60e-bfd43a7f7a58', current: '100', target: '100', operationType: 'SUM', valueType: 'Integer', ruleParticipationType: 'Individual'
      }],
      timeUnlocked: '2013-01-17T03:19:00.3087016Z'
    },
    mediaAssets,
    platforms: ['Durango'],
    ...rest,
    timeWindow: { startDate: '2013-02-01T00:00:00.0000000Z', endDate: '2100-07-01T00:00:00.0000000Z' },
    rewards: after.rewards.map(({ valueType, ...reward }) => ({ ...reward, mediaAsset: null, valueType }))
  }],
  pagingInfo: LIST_SAMPLE.pagingInfo
}
