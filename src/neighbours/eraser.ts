import { randomUUID } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { object, literals, string } from '../http/answer-schema.ts'
import { requireValid } from '../http/body.ts'
import { readVersionHeader } from '../http/contract-header.ts'
import { readServiceConfigId, readXuid } from '../http/ids.ts'
import { sendJson, sendText } from '../http/send.ts'
import type { Services } from '../http/services.ts'
import { notFound } from '../model/refusals.ts'
import { sandboxOf } from '../rules/access.ts'
import { requireErasable } from '../rules/erasing.ts'
import { xuidText } from './body.ts'

/** What the tool of title developers sends. Its members are matched in any letter case. */
export const EraserBody = Type.Object({
  userid: Type.String({ ...xuidText, description: 'The XUID; in quotes or not.' }),
  scid: Type.String({ description: 'The service configuration.', errorMessage: 'a GUID' })
}, { errorMessage: 'an object with userId and scid' })

/** What a reset deletes, in the service's words. */
const PROVIDERS = ['StatsDelete', 'TitleHistoryDelete', 'AchievementsDelete', 'GoalEngineDelete', 'Leaderboards'] as const

const status = literals(['CompletedSuccess'], 'What has become of it: it is done when the id is known.')

export const EraserJob = object({
  jobId: string('The id of the job.'),
  overallStatus: status,
  providerStatus: Type.Array(object({ provider: literals(PROVIDERS, 'What is deleted.'), status }, { title: 'EraserProvider' }), { description: 'What each part has come to.' })
}, { title: 'EraserJob', description: 'A reset of what a user has done.' })

/** How many jobs are remembered; the oldest is forgotten first. */
const MOST_JOBS = 1000

/**
 * eraser.xboxlive.com: the player data reset of title developers. It deletes what a user has done in a service
 * configuration, in the sandbox of the token, at once: nobody asks for a job too early.
 */
export function eraserRoutes (app: FastifyInstance, { onReset, operations, store: { catalogue, people } }: Services): void {
  const jobs = new Set<string>()
  onReset(() => { jobs.clear() })
  // Before a body is read, so that this refusal goes before those of the body.
  app.addHook('onRequest', async (request) => { readVersionHeader(request) })

  app.post('/submitJob', (request, reply) => {
    const { xuid, scid } = readReset(request)
    const sandbox = sandboxOf(request.session)
    requireErasable(request.session, { xuid, configuration: catalogue.findServiceConfiguration({ scid, sandbox }) })
    // One who does not exist has nothing: a title is not told who exists.
    if (people.find(xuid) !== undefined) operations.run('progress.clear', { xuid, scid, id: null, sandbox })
    const jobId = randomUUID()
    jobs.add(jobId)
    const [oldest = ''] = jobs
    if (jobs.size > MOST_JOBS) jobs.delete(oldest)
    return sendText(reply.type(request.headerDefaults.jsonType), JSON.stringify(jobId))
  })

  app.get<{ Params: { jobId: string } }>('/jobs/:jobId', ({ params }, reply) => {
    const jobId = params.jobId.toLowerCase()
    if (!jobs.has(jobId)) throw notFound(`There is no job ${formatValue(params.jobId)}; the newest ${MOST_JOBS} are known, until the emulator is reset.`)
    return sendJson(reply, toJob(jobId))
  })
}

/** The user and the service configuration of a body. @throws 400 with the member that is wrong. */
function readReset ({ body }: FastifyRequest): { xuid: string, scid: string } {
  const { userid, scid } = requireValid(EraserBody, body)
  return { xuid: readXuid(userid), scid: readServiceConfigId(scid, 'documented') }
}

const toJob = (jobId: string): Static<typeof EraserJob> =>
  ({ jobId, overallStatus: 'CompletedSuccess', providerStatus: PROVIDERS.map((provider) => ({ provider, status: 'CompletedSuccess' })) })
