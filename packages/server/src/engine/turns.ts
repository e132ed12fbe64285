import { ParleyError, type ThreadItem, type UserMessageItem } from '@parley/protocol'
import { pagesOf } from '../base/pages-of.js'
import type { RunRecord } from '../storage/store.js'
import type { Call, Engine, NotedThread } from './engine.js'

/** What a person said and everything that was answered, for APIs that know messages and no items. */
export interface Turn {
  question: UserMessageItem
  /** Oldest first. */
  answers: ThreadItem[]
}

const PAGE = 100

/** The items of a thread that people may see, the newest first. */
const newestItems = <Context>(engine: Engine<Context>, call: Call<Context>, threadId: string, behind?: string) =>
  pagesOf<ThreadItem>(
    (after) => engine.listItems(call, threadId, { limit: PAGE, order: 'desc', after: after ?? null }),
    behind,
  )

/**
 * The newest turns before an item, newest first, and the one before them as a sign that there are more.
 *
 * @throws {ParleyError} `invalid_cursor` for an unknown item
 */
export async function readTurns<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { threadId, after, limit }: { threadId: string; after?: string | undefined; limit: number },
): Promise<{ turns: Turn[]; before: Turn[] }> {
  const turns: Turn[] = []
  let answers: ThreadItem[] = []
  for await (const items of newestItems(engine, call, threadId, after)) {
    for (const item of items) {
      if (item.type !== 'user_message') answers.push(item)
      else {
        turns.push({ question: item, answers: answers.reverse() })
        answers = []
      }
    }
    if (turns.length > limit) break
  }
  return { turns: turns.slice(0, limit), before: turns.slice(limit, limit + 1) }
}

/** The newest run of each turn, by the id of its question. */
export async function readRunsOf<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { threadId, turns }: { threadId: string; turns: readonly Turn[] },
): Promise<Map<string, RunRecord>> {
  const wanted = new Set(turns.map(({ question }) => question.id))
  const runs = new Map<string, RunRecord>()
  const newest = pagesOf((after) =>
    engine.listRuns(call, threadId, { limit: PAGE, order: 'desc', after: after ?? null }),
  )
  for await (const page of newest) {
    for (const run of page) {
      const { item_id: itemId } = run.trigger
      if (itemId !== undefined && wanted.has(itemId) && !runs.has(itemId)) runs.set(itemId, run)
    }
    if (runs.size === wanted.size) break
  }
  return runs
}

/** The turn a run belongs to, as it stands; `undefined`: its question has been removed since. */
export async function readTurnOf<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { thread_id: threadId, trigger }: RunRecord,
): Promise<Turn | undefined> {
  let answers: ThreadItem[] = []
  for await (const items of newestItems(engine, call, threadId))
    for (const item of items) {
      if (item.type !== 'user_message') answers.push(item)
      else if (item.id === trigger.item_id || answers.some(({ id }) => id === trigger.item_id))
        return { question: item, answers: answers.reverse() }
      else answers = []
    }
  return undefined
}

/** An item of a thread; `undefined`: it has none of this id that people may see. */
export async function findItem<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { threadId, itemId }: { threadId: string; itemId: string },
): Promise<ThreadItem | undefined> {
  for await (const items of newestItems(engine, call, threadId)) {
    const item = items.find(({ id }) => id === itemId)
    if (item) return item
  }
  return undefined
}

/** What a turn answered, in words. `sayOther`: the words of what has none by itself. */
export const answerOf = (
  { answers }: Pick<Turn, 'answers'>,
  sayOther: (item: ThreadItem) => string = () => '',
): string =>
  answers
    .map((item) => wordsOf(item) || sayOther(item))
    .filter((text) => text !== '')
    .join('\n\n')

/** What a person said. */
export const questionOf = ({ question }: Pick<Turn, 'question'>): string =>
  question.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('')

function wordsOf(item: ThreadItem): string {
  if (item.type === 'assistant_message') return item.content.map(({ text }) => text).join('')
  return item.type === 'widget' ? (item.copy_text ?? '') : ''
}

/** What a run was asked, in its thread, and what it answered so far. */
export async function readExchange<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  run: RunRecord,
): Promise<{ thread: NotedThread; question: string; answer: string }> {
  const turn = await readTurnOf(engine, call, run)
  const { thread } = await engine.readThread(call, run.thread_id)
  return { thread, question: turn ? questionOf(turn) : '', answer: turn ? answerOf(turn) : '' }
}

/** A run by its id, in the words of an API that knows no runs. @throws whatever `missing` makes */
export const findRunOr = <Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { runId, missing }: { runId: string; missing(): Error },
): Promise<RunRecord> =>
  engine.findRun(call, runId).catch((thrown: unknown) => {
    throw thrown instanceof ParleyError && thrown.code === 'run_not_found' ? missing() : thrown
  })
