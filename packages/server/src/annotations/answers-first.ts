import type { RunEvent } from '@parley/protocol'
import type { RunContext, Runnable } from '../runnable/runnable.js'
import type { AnnotationRecord } from '../storage/annotation-store.js'

type WrittenAnswer = Pick<AnnotationRecord, 'id' | 'answer' | 'author'>

/**
 * An app that gives the answer somebody wrote for a question, and asks its agent only where there is none. Apps that
 * converse alone: others are not asked questions.
 */
export function answersFirst<Context>(
  app: Runnable<Context>,
  answerTo: (question: string) => Promise<WrittenAnswer | undefined>,
): Runnable<Context> {
  if (app.mode === 'completion' || app.mode === 'workflow') return app
  const run = (context: RunContext<Context>): AsyncIterable<RunEvent> => {
    const { trigger } = context
    return trigger.type === 'user_message'
      ? answered(app, context, () => answerTo(textOf(trigger.item)))
      : app.run(context)
  }
  // What else it can do it does itself, whatever kind of object it is.
  return Object.create(app, { run: { value: run } })
}

/** Whatever runs is read directly: once it is known, nothing stands between its events and whoever waits for them. */
function answered<Context>(
  app: Runnable<Context>,
  context: RunContext<Context>,
  written: () => Promise<WrittenAnswer | undefined>,
): AsyncIterable<RunEvent> {
  return {
    [Symbol.asyncIterator]() {
      let running: AsyncIterator<RunEvent> | undefined
      let opening: Promise<AsyncIterator<RunEvent>> | undefined
      const open = async () => {
        const found = await written()
        const events = found ? oneMessage(context, found) : app.run(context)
        running = events[Symbol.asyncIterator]()
        return running
      }
      return {
        next() {
          if (running) return running.next()
          opening ??= open()
          return opening.then((events) => events.next())
        },
        async return(value?: unknown) {
          const events = running ?? (await opening)
          await events?.return?.(value)
          return { done: true, value: undefined }
        },
      }
    },
  }
}

async function* oneMessage<Context>(
  { run, thread, generateId }: RunContext<Context>,
  { id, answer: text, author }: WrittenAnswer,
): AsyncGenerator<RunEvent> {
  yield { type: 'run.annotated', run_id: run.id, annotation_id: id, ...(author && { author }) }
  yield {
    type: 'thread.item.done',
    item: {
      type: 'assistant_message',
      id: generateId('message'),
      thread_id: thread.id,
      created_at: new Date().toISOString(),
      content: [{ type: 'output_text', text, annotations: [] }],
    },
  }
}

const textOf = ({ content }: { content: { text: string }[] }): string => content.map(({ text }) => text).join('')
