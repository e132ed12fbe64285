import type { RunEvent } from '@parley/protocol'
import type { RunContext, Runnable } from '../runnable/runnable.js'

/** An app whose every event a test gives by hand. */
export interface SteeredApp<Context> extends Runnable<Context> {
  emit(...events: RunEvent[]): void
  end(): void
  fail(thrown: unknown): void
  /** The context of the run, once it has started. */
  started: Promise<RunContext<Context>>
}

/**
 * An app for one run that says what the test tells it to, when it tells it to; between two events it waits, as a model
 * that thinks does.
 *
 * @example
 * const app = steeredApp()
 * const parley = testParley({ app })
 * app.emit({ type: 'progress_update', text: 'Thinking' })
 */
export function steeredApp<Context>(): SteeredApp<Context> {
  const steps: (() => RunEvent | undefined)[] = []
  let wake: (() => void) | undefined
  let start: (run: RunContext<Context>) => void
  const started = new Promise<RunContext<Context>>((resolve) => {
    start = resolve
  })
  const add = (step: () => RunEvent | undefined) => {
    steps.push(step)
    wake?.()
  }

  return {
    started,
    async *run(context) {
      start(context)
      for (;;) {
        const step = steps.shift()
        if (!step) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          continue
        }
        const event = step()
        if (!event) return
        yield event
      }
    },
    emit(...events) {
      for (const event of events) add(() => event)
    },
    end: () => add(() => undefined),
    fail: (thrown) =>
      add(() => {
        throw thrown
      }),
  }
}
