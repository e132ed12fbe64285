import type { ThreadItem, ThreadMetadata, ThreadStreamEvent } from '@parley/protocol'
import { SHOWCASE } from './showcase.js'

/** What set an answer off: words of the person, the result of a tool that ran on the page, or an action. */
export type Turn = { text: string } | { toolResult: unknown } | { action: string }

export interface AnswerContext {
  threadId: string
  newId(kind: 'message' | 'tool_call' | 'workflow' | 'task'): string
  /** Parley's own thread, to change its title or status; a server of somebody else hands out none. */
  thread?: ThreadMetadata
}

/** Whatever answers in a test. */
export interface AnsweringApp {
  answer(turn: Turn, context: AnswerContext): AsyncIterable<ThreadStreamEvent>
  /** What it makes of a recording. Absent: it takes none. */
  transcribe?(audio: { data: Uint8Array; mediaType: string }): Promise<string>
}

type Answer = (context: AnswerContext) => Iterable<ThreadStreamEvent>

/**
 * An agent whose answers are known word by word, and which stops in the middle until it is told to go on:
 * `hold` waits for `release()`, `hold far` does so twice, screens below its question, `tool` calls a tool of the page (once more when its result says `more`), `effect` lets the page do something by the way, `card`
 * shows a widget, `ask` asks a question, `source` rests on something the page knows, `showcase` writes a long Markdown answer. Anything else is repeated.
 */
export function createTestApp() {
  let release: () => void = () => undefined
  let held = new Promise<void>((resolve) => {
    release = resolve
  })
  let failsNext = false

  async function* answer(turn: Turn, context: AnswerContext): AsyncGenerator<ThreadStreamEvent> {
    if ('toolResult' in turn && Object(turn.toolResult).more === true) return yield* callTool(context)
    if ('toolResult' in turn) return yield* write(`The page says ${JSON.stringify(turn.toolResult)}.`, context)
    if ('action' in turn) return yield* write(`Did ${turn.action}.`, context)
    const scripted = ANSWERS[turn.text]
    if (scripted) return yield* scripted(context)
    if (failsNext) {
      failsNext = false
      return yield { type: 'error', code: 'custom', message: 'The model is out to lunch.', allow_retry: true }
    }
    if (turn.text === 'showcase') return yield* write(SHOWCASE, context)
    if (turn.text === 'hold')
      return yield* write('The first half and the second half.', context, ['The first half '.length])
    if (turn.text === 'hold far') {
      const far = 'A paragraph of its own.\n\n'.repeat(200)
      return yield* write(`${far}The first part, the second part, the last.`, context, [
        far.length,
        `${far}The first part, the second part, `.length,
      ])
    }
    yield* write(`You said: ${turn.text}`, context)
  }

  /** Streams `text` word by word; before the words at `pauses` it waits for `release`. */
  async function* write(text: string, context: AnswerContext, pauses: number[] = []) {
    const item = {
      id: context.newId('message'),
      thread_id: context.threadId,
      created_at: new Date().toISOString(),
      type: 'assistant_message',
    } as const
    yield { type: 'thread.item.added', item: { ...item, content: [] } } satisfies ThreadStreamEvent

    let written = 0
    for (const delta of text.match(/\S+\s*/g) ?? []) {
      if (pauses.includes(written)) await held
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

const headOf = ({ threadId, newId }: AnswerContext, kind: 'message' | 'tool_call' | 'task') => ({
  id: newId(kind),
  thread_id: threadId,
  created_at: new Date().toISOString(),
})

function* callTool(context: AnswerContext): Generator<ThreadStreamEvent> {
  const call = { status: 'pending', call_id: 'call_1', name: 'read_page', arguments: { part: 'title' } } as const
  const item: ThreadItem = { ...headOf(context, 'tool_call'), type: 'client_tool_call', ...call }
  yield { type: 'thread.item.done', item }
}

/** Answers that come whole. */
const ANSWERS: Record<string, Answer> = {
  tool: callTool,
  *source(context) {
    const thing = { type: 'entity', id: 'o1', title: 'Order 1', icon: 'suitcase', group: 'Orders' } as const
    const source = { ...thing, data: { number: '1' }, interactive: true }
    const content = [
      {
        type: 'output_text' as const,
        text: 'It is on its way.',
        annotations: [{ type: 'annotation' as const, source, index: 16 }],
      },
    ]
    yield { type: 'thread.item.done', item: { ...headOf(context, 'message'), type: 'assistant_message', content } }
  },
  *ask(context) {
    const options = [{ value: 'Yes' }, { value: 'No' }]
    const question = { type: 'multiple_choice' as const, id: 'q', question: 'Go on?', options, multiple: false }
    const item: ThreadItem = {
      ...headOf(context, 'task'),
      type: 'structured_input',
      status: 'pending',
      inputs: [question],
    }
    yield { type: 'thread.item.done', item }
  },
  *effect() {
    yield { type: 'client_effect', name: 'celebrate', data: { pieces: 3 } }
  },
  *card(context) {
    const onClickAction = (handler: 'client' | 'server') => ({ type: `on_${handler}`, payload: { id: 7 }, handler })
    const children = (['client', 'server'] as const).map((handler) => ({
      type: 'Button' as const,
      label: `Ask the ${handler}`,
      onClickAction: onClickAction(handler),
    }))
    const item: ThreadItem = { ...headOf(context, 'message'), type: 'widget', widget: { type: 'Card', children } }
    yield { type: 'thread.item.done', item }
  },
}
