import type { ThreadItem, ThreadMetadata, ThreadStreamEvent } from '@parley/protocol'
import { SHOWCASE } from './showcase.js'

/** What set an answer off: words of the person, or the result of a tool that ran on the page. */
export type Turn = { text: string } | { toolResult: unknown }

export interface AnswerContext {
  threadId: string
  newId(kind: 'message' | 'tool_call' | 'workflow' | 'task'): string
  /** Parley's own thread, to change its title or status; a server of somebody else hands out none. */
  thread?: ThreadMetadata
}

/** Whatever answers in a test. */
export interface AnsweringApp {
  answer(turn: Turn, context: AnswerContext): AsyncIterable<ThreadStreamEvent>
}

/**
 * An agent whose answers are known word by word, and which stops in the middle until it is told to go on:
 * `hold` waits for `release()`, `tool` calls a tool of the page, `showcase` writes a long Markdown answer. Anything else
 * is repeated.
 */
export function createTestApp() {
  let release: () => void = () => undefined
  let held = new Promise<void>((resolve) => {
    release = resolve
  })
  let failsNext = false

  async function* answer(turn: Turn, context: AnswerContext): AsyncGenerator<ThreadStreamEvent> {
    if ('toolResult' in turn) return yield* write(`The page says ${JSON.stringify(turn.toolResult)}.`, context)
    if (turn.text === 'tool') return yield callTool(context)
    if (failsNext) {
      failsNext = false
      return yield { type: 'error', code: 'custom', message: 'The model is out to lunch.', allow_retry: true }
    }
    if (turn.text === 'showcase') return yield* write(SHOWCASE, context)
    if (turn.text === 'hold')
      return yield* write('The first half and the second half.', context, 'The first half '.length)
    yield* write(`You said: ${turn.text}`, context)
  }

  /** Streams `text` word by word; before the word at `pauseAt` it waits for `release`. */
  async function* write(text: string, context: AnswerContext, pauseAt?: number) {
    const item = {
      id: context.newId('message'),
      thread_id: context.threadId,
      created_at: new Date().toISOString(),
      type: 'assistant_message',
    } as const
    yield { type: 'thread.item.added', item: { ...item, content: [] } } satisfies ThreadStreamEvent

    let written = 0
    for (const delta of text.match(/\S+\s*/g) ?? []) {
      if (written === pauseAt) await held
      written += delta.length
      yield {
        type: 'thread.item.updated',
        item_id: item.id,
        update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
      } satisfies ThreadStreamEvent
    }
    const content = [{ type: 'output_text' as const, text, annotations: [] }]
    yield { type: 'thread.item.done', item: { ...item, content } } satisfies ThreadStreamEvent
  }

  return {
    answer,
    /** Lets the next answer to a person end in an error that can be retried. */
    failNext() {
      failsNext = true
    },
    /** Lets every held answer go on, and holds the next one again. */
    release() {
      release()
      held = new Promise<void>((resolve) => {
        release = resolve
      })
    },
  }
}

export type TestApp = ReturnType<typeof createTestApp>

function callTool(context: AnswerContext): ThreadStreamEvent {
  const item: ThreadItem = {
    id: context.newId('tool_call'),
    thread_id: context.threadId,
    created_at: new Date().toISOString(),
    type: 'client_tool_call',
    status: 'pending',
    call_id: 'call_1',
    name: 'read_page',
    arguments: { part: 'title' },
  }
  return { type: 'thread.item.done', item }
}
