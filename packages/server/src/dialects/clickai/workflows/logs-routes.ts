import { pagesOf } from '../../../base/pages-of.js'
import type { AppRecords, OwnedRun } from '../../../engine/app-records.js'
import type { Engine } from '../../../engine/engine.js'
import { readExchange } from '../../../engine/turns.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { queryOf } from '../decode.js'
import { type AppCalls, assertGraph, placeOf } from '../decode-call.js'
import { encodeFacts, encodeLog } from './encode.js'
import { logsQuerySchema, logsSchema } from './schema.js'

/** The runs an app tells of: the total of a page is known of whole lists alone. */
const MOST_RUNS = 10_000
/** A keyword is looked for in what these were given and what came of them; each has to be read for it. */
const MOST_READ = 500
const PAGE = 500

export interface LogParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
  records: AppRecords<Context>
}

/** The runs of a graph, whoever started them. Source: the ClickAI contract, section 16.2. */
export function logsRoute<Context>({ engine, appOf, callOf, records }: LogParts<Context>): Route {
  return {
    method: 'GET',
    path: '/v1/workflows/logs',
    description: {
      id: 'listWorkflowLogs',
      group: 'Workflows',
      summary: 'List the runs of the app, the newest first.',
      text: `Of the newest ${MOST_RUNS}; a keyword is looked for in the newest ${MOST_READ}.`,
      modes: ['workflow', 'advanced-chat'],
      query: logsQuerySchema,
      answer: logsSchema,
    },
    async handle(request) {
      const app = await appOf(request)
      const anybody = await callOf(request, app, '')
      assertGraph(anybody)
      const wanted = checkBody(logsQuerySchema, queryOf(request))
      const { page, limit, status, keyword } = wanted
      const place = placeOf(app, anybody)
      const which = {
        userId: wanted.created_by_end_user_session_id,
        since: utc(wanted.created_at__after),
        until: utc(wanted.created_at__before),
      }
      const found: OwnedRun[] = []
      const pages = pagesOf((after) => records.runs(place, which, { limit: PAGE, after }))
      if (wanted.created_by_account === undefined)
        for await (const runs of pages) if (found.push(...runs) >= MOST_RUNS) break
      const withStatus = found.filter((one) => status === undefined || encodeLog(one).workflow_run.status === status)
      const all = keyword === undefined ? withStatus : await withKeyword(request, withStatus, keyword)
      const data = all.slice((page - 1) * limit, page * limit).map(encodeLog)
      return Response.json({ page, limit, total: all.length, has_more: all.length > page * limit, data })

      async function withKeyword(asked: Request, runs: OwnedRun[], word: string): Promise<OwnedRun[]> {
        const matching: OwnedRun[] = []
        for (const one of runs.slice(0, MOST_READ)) {
          const call = await callOf(asked, app, one.userId)
          const { inputs, query = '', answer } = await encodeFacts(call, await readExchange(engine, call, one.run))
          const text = [one.run.id, one.userId, query, answer, JSON.stringify(inputs)].join('\n').toLowerCase()
          if (text.includes(word.toLowerCase())) matching.push(one)
        }
        return matching
      }
    },
  }
}

/** As times are stored, so that they compare. One without a zone is in UTC, whatever the clock of this machine says. */
const utc = (time: string | undefined) => time && new Date(LOCAL.test(time) ? `${time}Z` : time).toISOString()

const LOCAL = /T[\d:.]+$/
