import { ClientError } from '@parley/client'
import type { ClientToolCallItem } from '@parley/protocol'
import { type OpenStream, reportError, type SessionContext } from './context.js'
import { toProblem } from './problems.js'
import { type ActiveRun, settleLiveTexts, takeMessage } from './run-events.js'
import { lastItem } from './selectors.js'
import { SessionError } from './session-error.js'
import type { Problem } from './state.js'
import { tellTool } from './tell-page.js'

/** How often a lost line is picked up again before the person is asked; about a minute with the pauses between. */
const MAX_RECONNECTS = 10
const LONGEST_PAUSE_MS = 8000
/** How long a pressed stop waits for the server before the line is simply cut. */
const STOP_PATIENCE_MS = 4000

/** Follows one answer at a time: reads it, picks a lost line up again, runs the page's tools, stops it. */
export interface Runs {
  /** Follows the stream until the whole answer, client tools included, has ended. Failures become the state's problem. */
  follow(open: OpenStream): Promise<void>
  resume(threadId: string, runId: string): Promise<void>
  /** Goes on after a reload that found a client tool call waiting. */
  continueWith(call: ClientToolCallItem): Promise<void>
  stop(): Promise<void>
  /** Looks away: the answer goes on at the server when it can, nothing of it reaches the screen any more. */
  detach(): void
  /** Sends a start again of which the server never said a word. */
  resend(): Promise<void> | null
}

export function createRuns(context: SessionContext): Runs {
  const { store, client, host, environment } = context
  let active: ActiveRun | null = null
  let unheard: OpenStream | null = null

  async function follow(first: () => Promise<OpenStream | null>, known: Partial<ActiveRun> = {}): Promise<void> {
    if (active) throw new SessionError('busy')
    const run = newRun({ threadId: store.getState().threadId, ...known })
    active = run
    store.dispatch({ type: 'run.changed', run: { phase: 'starting' } })
    let problem: Problem | undefined
    try {
      let open = await first()
      while (open && !run.controller.signal.aborted) {
        await read(run, open)
        open = run.stopping ? null : await clientToolOutput(run, pendingCall())
      }
      if (run.interrupted) problem = INTERRUPTED // in the person's language, which the server's error is not
    } catch (error) {
      if (active !== run) return
      problem = run.runId && error instanceof ClientError && error.status === 404 ? INTERRUPTED : toProblem(error)
      reportError(host, error)
    } finally {
      if (active === run) end(problem)
    }
  }

  /** Reads the stream; when the line breaks and the server keeps the run, reads on from where it broke. */
  async function read(run: ActiveRun, first: OpenStream): Promise<void> {
    const { signal } = run.controller
    let open = first
    run.ended = false
    for (let lost = 0; ; lost += 1) {
      const line = followLine(run)
      try {
        for await (const message of open({ signal: line.signal, headers: context.headers() })) {
          if (active !== run) return
          lost = 0
          takeMessage(context, run, message)
          unheard = null
          if (run.stopping && run.runId === null) run.controller.abort() // nobody to ask: a plain ChatKit server
        }
      } catch (error) {
        if (signal.aborted) return
        if (run.runId === null || !isLineBreak(error) || lost >= MAX_RECONNECTS) throw error
      } finally {
        line.release()
      }
      if (run.runId === null || run.ended || signal.aborted) return
      if (lost >= MAX_RECONNECTS) throw new ClientError({ status: 0, code: 'network', message: 'The line was lost.' })
      store.dispatch({ type: 'run.changed', run: { phase: 'reconnecting' } })
      await environment.wait(Math.min(500 * 2 ** lost, LONGEST_PAUSE_MS), signal)
      if (signal.aborted) return
      const { runId, threadId } = run
      open = (init) => client.runs.resume({ thread_id: threadId ?? '', run_id: runId, after: run.sequence }, init)
    }
  }

  /**
   * The line one request goes over: cut when the answer is given up, and when the device was offline in between, because
   * nobody may ever say that such a line is dead.
   */
  function followLine(run: ActiveRun): { signal: AbortSignal; release(): void } {
    const line = new AbortController()
    const cut = () => line.abort(run.controller.signal.reason)
    run.controller.signal.addEventListener('abort', cut)
    let wasOnline = store.getState().online
    const stopWatching = store.subscribe(() => {
      const { online } = store.getState()
      if (online && !wasOnline && run.runId !== null) line.abort()
      wasOnline = online
    })
    return {
      signal: line.signal,
      release() {
        run.controller.signal.removeEventListener('abort', cut)
        stopWatching()
      },
    }
  }

  function pendingCall(): ClientToolCallItem | null {
    const item = lastItem(store.getState())
    return item?.type === 'client_tool_call' && item.status === 'pending' ? item : null
  }

  async function clientToolOutput(run: ActiveRun, call: ClientToolCallItem | null): Promise<OpenStream | null> {
    if (!call) return null
    store.dispatch({ type: 'run.changed', run: { phase: 'client_tool' } })
    const result = await Promise.race([callTool(call), whenAborted(run.controller.signal)])
    if (run.controller.signal.aborted) return null
    tellTool(context, call.name, call.arguments, result)
    store.dispatch({ type: 'item.put', item: { ...call, status: 'completed', output: result } })
    const headers = { 'idempotency-key': environment.randomId() }
    const params = { thread_id: call.thread_id, result: result ?? null }
    return (init) => client.threads.addClientToolOutput(params, { ...init, headers: { ...init.headers, ...headers } })
  }

  /** A tool that fails tells the agent so, and the agent goes on from there. */
  async function callTool({ name, arguments: params, call_id: callId }: ClientToolCallItem): Promise<unknown> {
    try {
      if (!host.callClientTool) throw new Error(`This page offers no client tools; "${name}" was asked for.`)
      return await host.callClientTool({ name, params }, callId)
    } catch (error) {
      reportError(host, error)
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }

  function end(problem?: Problem): void {
    active = null
    settleLiveTexts(context)
    store.dispatch({ type: 'run.ended', problem })
  }

  return {
    follow: (open) => {
      unheard = open
      return follow(async () => open)
    },
    resume: (threadId, runId) =>
      follow(async () => (init) => client.runs.resume({ thread_id: threadId, run_id: runId, after: 0 }, init), {
        threadId,
        runId,
      }),
    continueWith: (call) =>
      follow(
        async () => {
          store.dispatch({ type: 'run.changed', run: { allowCancel: true } })
          return active && clientToolOutput(active, call)
        },
        { threadId: call.thread_id },
      ),
    async stop() {
      const run = active
      if (!run || run.stopping) return
      run.stopping = true
      const working = store.getState().run.phase === 'client_tool'
      store.dispatch({ type: 'run.changed', run: { phase: 'stopping' } })
      if (run.heard && run.runId === null) return run.controller.abort()
      if (run.threadId && run.runId !== null) {
        const cancelled = client.runs.cancel({ thread_id: run.threadId }, { headers: context.headers() })
        await cancelled.catch(() => run.controller.abort()) // the server cannot be asked: at least look away
      }
      if (working) run.controller.abort()
      await environment.wait(STOP_PATIENCE_MS, run.controller.signal)
      if (active === run) run.controller.abort()
    },
    detach() {
      const run = active
      unheard = null
      if (!run) return
      end()
      run.controller.abort()
    },
    resend: () => {
      const open = unheard
      return open && follow(async () => open)
    },
  }
}

const INTERRUPTED: Problem = { code: 'interrupted', retry: true }

function newRun(known: Partial<ActiveRun>): ActiveRun {
  return {
    controller: new AbortController(),
    runId: null,
    threadId: null,
    sequence: 0,
    heard: false,
    ended: false,
    interrupted: false,
    stopping: false,
    toolArguments: new Map(),
    ...known,
  }
}

/** Whether trying again may help: anything but a clear no from the server. */
function isLineBreak(error: unknown): boolean {
  return !(error instanceof ClientError) || error.status === 0 || error.status === 429 || error.status >= 500
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
