import type { ThreadItem } from '@parley/protocol'
import type { RunRecord } from '../../../engine/engine.js'
import { encodeAnswer, encodeHuman, encodeSaid } from './encode.js'
import type { Message } from './schema.js'

/**
 * The messages of a conversation, of its items and runs, both oldest first: what people wrote, and behind each the answer of
 * its last run. What no run wrote was said elsewhere.
 */
export function encodeMessages(items: readonly ThreadItem[], runs: readonly RunRecord[]): Message[] {
  const answers = new Map<string, RunRecord>()
  for (const run of runs) if (isAnswer(run) && run.trigger.item_id) answers.set(run.trigger.item_id, run)
  const others = runs.filter((run) => !isAnswer(run))
  const messages: Message[] = []
  let current: { run: RunRecord; items: ThreadItem[] } | undefined
  const close = () => {
    if (current) messages.push(encodeAnswer(current.run, current.items))
    current = undefined
  }
  for (const item of items) {
    if (item.type === 'user_message') {
      close()
      messages.push(encodeHuman(item))
      const run = answers.get(item.id)
      if (run) current = { run, items: [] }
      continue
    }
    const since = current?.run.created_at ?? ''
    const later = others.findLast((run) => run.created_at > since && run.created_at <= item.created_at)
    if (later) {
      close()
      current = { run: later, items: [] }
    }
    if (current) current.items.push(item)
    else messages.push(encodeSaid(item))
  }
  close()
  return messages
}

/** Runs of actions and of late answers have no message of their own. */
const isAnswer = ({ trigger }: RunRecord) => trigger.type === 'user_message' || trigger.type === 'retry'
