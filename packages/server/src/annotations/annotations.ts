import { ParleyError } from '@parley/protocol'
import type { Workspaces } from '../auth/workspaces.js'
import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import { recentlyChecked } from '../base/recently-checked.js'
import { encodeVector, toVector } from '../knowledge/vector.js'
import type { Embedder } from '../models/embeddings.js'
import type { AnnotationAuthor, AnnotationRecord } from '../storage/annotation-store.js'
import type { Collection } from '../storage/collection.js'
import type { AnnotationReply } from '../storage/workspace-store.js'
import { closest } from './closest.js'

export type { AnnotationRecord } from '../storage/annotation-store.js'
export type { AnnotationReply } from '../storage/workspace-store.js'

/** Whose annotations. */
export interface AppPlace {
  workspaceId: string
  appId: string
}

/** A question and what is to be answered. */
export type AnnotationText = Pick<AnnotationRecord, 'question' | 'answer'>

/** Answers that people wrote for questions, by app. Ids of another app look missing: `not_found`. */
export interface Annotations {
  /** The newest first. */
  list(place: AppPlace): Promise<AnnotationRecord[]>
  create(place: AppPlace, text: AnnotationText, author: AnnotationAuthor): Promise<AnnotationRecord>
  /** Whoever changes it, its author stays who wrote it first. */
  update(place: AppPlace, id: string, text: AnnotationText): Promise<AnnotationRecord>
  delete(place: AppPlace, id: string): Promise<void>
  /** `undefined`: nobody has ever turned it on or off. */
  reply(place: AppPlace): Promise<AnnotationReply | undefined>
  setReply(place: AppPlace, change: Pick<AnnotationReply, 'enabled' | 'threshold'>): Promise<AnnotationReply>
  /** Another app of the same id begins with none, and turned off. */
  forgetApp(place: AppPlace): Promise<void>
  /** The answer to a question, which is counted; `undefined` where the app has to answer itself. */
  answerTo(place: AppPlace, question: string): Promise<AnnotationRecord | undefined>
}

export interface AnnotationParts {
  store: Collection<AnnotationRecord>
  workspaces: Workspaces
  /** Absent: questions are compared by their words. */
  embedder: Embedder | undefined
  clock: Clock
  log: Log
}

/** Of one workspace; every message of an app that uses them is compared with all of the app's. */
const MOST = 10_000

export function createAnnotations({ store, workspaces, embedder, clock, log }: AnnotationParts): Annotations {
  const recent = recentlyChecked<{ id: string; all: AnnotationRecord[] }>(clock)

  async function list({ workspaceId, appId }: AppPlace): Promise<AnnotationRecord[]> {
    const found: AnnotationRecord[] = []
    let after: string | undefined
    do {
      const page = await store.list(workspaceId, { limit: 500, order: 'desc', ...(after !== undefined && { after }) })
      found.push(...page.data.filter((one) => one.app_id === appId))
      after = page.has_more ? page.after : undefined
    } while (after !== undefined)
    return found
  }

  async function load({ workspaceId, appId }: AppPlace, id: string): Promise<AnnotationRecord> {
    const found = await store.load(workspaceId, id)
    return found?.app_id === appId ? found : missing()
  }

  /** Without a vector a question is still found by its words. */
  async function meaningOf(question: string): Promise<Pick<AnnotationRecord, 'vector' | 'embedding_model'>> {
    if (!embedder) return {}
    try {
      const [numbers] = await embedder.embed([question])
      return numbers ? { vector: encodeVector(toVector(numbers)), embedding_model: embedder.model } : {}
    } catch (cause) {
      log.warn('The embedding model did not answer: a question is compared by its words.', { cause })
      return {}
    }
  }

  const known = async ({ workspaceId, appId }: AppPlace) => {
    const id = JSON.stringify([workspaceId, appId])
    return (await recent.find(id, async () => ({ id, all: await list({ workspaceId, appId }) })))?.all ?? []
  }
  const forget = ({ workspaceId, appId }: AppPlace) => recent.forget(JSON.stringify([workspaceId, appId]))
  const replyOf = (replies: Record<string, AnnotationReply> | undefined, appId: string) =>
    replies && Object.hasOwn(replies, appId) ? replies[appId] : undefined

  return {
    list,
    async create(place, { question, answer }, author) {
      if ((await list(place)).length >= MOST)
        throw new ParleyError('conflict', `There are ${MOST} annotations already. Delete some first.`)
      const { workspaceId: workspace_id, appId: app_id } = place
      const text = { id: crypto.randomUUID(), workspace_id, app_id, question, answer, author, hits: 0 }
      const record = { ...text, ...(await meaningOf(question)), created_at: clock.now().toISOString() }
      await store.add(record)
      forget(place)
      return record
    },
    async update(place, id, { question, answer }) {
      await load(place, id)
      const meaning = await meaningOf(question)
      const changed = await store.change(place.workspaceId, id, ({ vector: _, embedding_model: __, ...old }) => ({
        ...old,
        question,
        answer,
        ...meaning,
      }))
      forget(place)
      return changed ?? missing()
    },
    async delete(place, id) {
      await load(place, id)
      if (!(await store.delete(place.workspaceId, id))) missing()
      forget(place)
    },
    reply: async ({ workspaceId, appId }) => replyOf((await workspaces.load(workspaceId)).annotation_replies, appId),
    async setReply(place, { enabled, threshold }) {
      const reply: AnnotationReply = {
        enabled,
        threshold,
        job: { id: crypto.randomUUID(), action: enabled ? 'enable' : 'disable' },
      }
      await workspaces.change(place.workspaceId, (old) => ({
        ...old,
        annotation_replies: { ...old.annotation_replies, [place.appId]: reply },
      }))
      return reply
    },
    async forgetApp(place) {
      const { workspaceId, appId } = place
      for (const { id } of await list(place)) await store.delete(workspaceId, id)
      if (replyOf((await workspaces.load(workspaceId)).annotation_replies, appId))
        await workspaces.change(workspaceId, ({ annotation_replies = {}, ...old }) => {
          const { [appId]: _, ...others } = annotation_replies
          return { ...old, annotation_replies: others }
        })
      forget(place)
    },
    async answerTo(place, question) {
      const { annotation_replies } = await workspaces.recall(place.workspaceId)
      const reply = replyOf(annotation_replies, place.appId)
      if (!reply?.enabled) return undefined
      const all = await known(place)
      if (all.length === 0) return undefined
      const isByMeaning = all.some(({ embedding_model: model }) => model !== undefined && model === embedder?.model)
      const found = closest(question, all, {
        threshold: reply.threshold,
        ...(isByMeaning && (await meaningOf(question))),
      })
      if (!found) return undefined
      await store.change(place.workspaceId, found.id, (old) => ({ ...old, hits: old.hits + 1 }))
      return found
    },
  }
}

function missing(): never {
  throw new ParleyError('not_found', 'Annotation not found')
}
