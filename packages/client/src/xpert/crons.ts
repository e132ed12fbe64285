import { toWire } from '../transport/to-wire.js'
import type { CallInit } from '../transport/transport.js'
import { at, type Verbs } from '../transport/verbs.js'
import { type ListQuery, PAGE } from './queries.js'
import type { StreamPayload } from './runs.js'
import type { Cron, CronCreateForThreadResponse, CronCreateResponse } from './types.js'

export interface CronPayload extends Omit<StreamPayload, 'signal' | 'headers' | 'onRunCreated'> {
  /** Five fields: minute, hour, day of month, month, day of week, in UTC. */
  schedule: string
  /** ISO; no run starts after it. */
  endTime?: string | undefined
  onRunCompleted?: 'delete' | 'keep' | undefined
  enabled?: boolean | undefined
}

export interface CronsOf extends ListQuery {
  assistantId?: string | undefined
  threadId?: string | undefined
}

/** Runs that start by the clock. */
export const cronsOf = ({ post, search, patch, delete: remove }: Verbs) => ({
  /** Each of its runs has a thread of its own. */
  create: (assistantId: string, cron: CronPayload, init?: CallInit) =>
    post<CronCreateResponse>('/runs/crons', toWire({ ...cron, assistantId }), init),
  createForThread: (threadId: string, assistantId: string, cron: CronPayload, init?: CallInit) =>
    post<CronCreateForThreadResponse>(`${at('/threads', threadId)}/runs/crons`, toWire({ ...cron, assistantId }), init),
  update: (cronId: string, change: Partial<CronPayload>, init?: CallInit) =>
    patch<Cron>(at('/runs/crons', cronId), toWire(change), init),
  delete: (cronId: string, init?: CallInit) => remove<void>(at('/runs/crons', cronId), undefined, init),
  search: (query: CronsOf = {}, init?: CallInit) =>
    search<Cron[]>('/runs/crons/search', toWire({ ...PAGE, ...query }), init),
  count: (query: Pick<CronsOf, 'assistantId' | 'threadId'> = {}, init?: CallInit) =>
    search<number>('/runs/crons/count', toWire(query), init),
})
