import type {
  Action,
  FeedbackKind,
  RunEvent,
  StreamOptions,
  ThreadItem,
  ThreadMetadata,
  UserMessageItem,
  WidgetItem,
} from '@parley/protocol'
import { ParleyError } from '@parley/protocol'
import { consoleLog, type Log } from '../base/log.js'
import { answerHttp, answerRequest, decodeRequest, encodeError, encodeStream } from '../dialects/chatkit/index.js'
import type { AttachmentStore } from '../engine/attachment-store.js'
import { createEngine } from '../engine/create-engine.js'
import type { Call, Engine } from '../engine/engine.js'
import { parseJson } from '../http/body.js'
import { createRouter } from '../http/router.js'
import type { CallContext, RunContext } from '../runnable/runnable.js'
import { memoryRuns } from '../storage/memory-runs.js'
import type { DurableStore, Store } from '../storage/store.js'
import { type ChatKitHooks, runnableOf } from './hooks.js'
import { JsonResult, StreamingResult } from './results.js'

/** What a server is made of: a store, and the hooks that are not overridden in a subclass. */
export interface ChatKitServerOptions<Context> extends Partial<ChatKitHooks<Context>> {
  /** Where threads live. One that also stores runs (SQLite, PostgreSQL) makes them survive the process. */
  store: Store<Context> | DurableStore<Context>
  /** Where the bytes of attachments go. Absent: the server takes none. */
  attachmentStore?: AttachmentStore<Context>
  /** What a closed connection means; default `cancel`, as ChatKit's own clients stop an answer by closing it. */
  onDisconnect?: 'cancel' | 'continue'
  /** Default: one line each on standard error. */
  log?: Log
}

/** Who may reach the handler, and with how much. */
export interface HandlerOptions {
  /** Pages of other origins that may call. Absent: none, only the page's own origin works. */
  allowOrigin?(origin: string): boolean
  /** The most a request body may weigh; default 2 MB. */
  maxBodyBytes?: number
}

/**
 * A ChatKit server as a library: hand in `respond`, or subclass and override it, and mount the handler anywhere.
 *
 * `Context` is whatever authenticated the caller, e.g. `{ userId: string }`; every hook and every call of the store gets
 * it, and the store decides by it what belongs to whom.
 *
 * @example
 * const server = new ChatKitServer({
 *   store: memoryStore((context: { userId: string }) => context.userId),
 *   async *respond(thread, input) {
 *     yield* sayText(thread, `You wrote: ${textOf(input)}`)
 *   },
 * })
 * export const POST = server.handler((request) => ({ userId: request.headers.get('x-user') ?? 'guest' }))
 *
 * Source: the ChatKit server kit's `ChatKitServer`, names in camelCase.
 */
export class ChatKitServer<Context = unknown> implements ChatKitHooks<Context> {
  readonly #options: ChatKitServerOptions<Context>
  readonly #log: Log
  #made: { engine: Engine<Context>; app: Call<Context>['app'] } | undefined

  constructor(options: ChatKitServerOptions<Context>) {
    this.#options = options
    this.#log = options.log ?? consoleLog
  }

  /** See {@link ChatKitHooks.respond}. Override it, or pass it as an option. */
  respond(
    _thread: ThreadMetadata,
    _inputUserMessage: UserMessageItem | null,
    _context: Context,
    _run: RunContext<Context>,
  ): AsyncIterable<RunEvent> {
    throw new ParleyError('not_configured', 'This ChatKit server has no `respond`.')
  }

  action?(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | null,
    context: Context,
    run: RunContext<Context>,
  ): AsyncIterable<RunEvent>
  syncAction?(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem,
    context: Context,
    call: CallContext<Context>,
  ): Promise<{ updated_item?: ThreadItem }>
  addFeedback?(threadId: string, itemIds: string[], kind: FeedbackKind, context: Context): Promise<void>
  transcribe?(audio: { data: Uint8Array; mimeType: string; mediaType: string }, context: Context): Promise<string>
  getStreamOptions?(thread: ThreadMetadata, context: Context): StreamOptions | Promise<StreamOptions>
  handleStreamCancelled?(thread: ThreadMetadata, pendingItems: ThreadItem[], context: Context): Promise<void>

  /**
   * Answers one request body.
   *
   * @param body The body as text, bytes or parsed JSON.
   * @returns A {@link StreamingResult} for operations that stream, else a {@link JsonResult}.
   * @throws {ParleyError} before anything is written, when the request is wrong or names what the caller does not have.
   */
  async process(body: string | Uint8Array | object, context: Context): Promise<StreamingResult | JsonResult> {
    const { engine, app } = this.#parts()
    const answer = await answerRequest(decodeRequest(parsed(body)), {
      engine,
      call: { app, context },
      reader: 'foreign',
    })
    if ('json' in answer) return new JsonResult(answer.json)
    return new StreamingResult(encodeStream(answer.stream, 'foreign', (thrown) => this.#report(thrown)))
  }

  /**
   * The server as a fetch handler, for any framework that speaks `Request` and `Response`. It answers whatever path it
   * is mounted at: POST with JSON or an event stream, OPTIONS with CORS, everything else with a JSON error.
   *
   * @param contextOf Checks who is calling; throw an {@link AuthenticationError} to refuse. Absent: the context is `undefined`.
   */
  handler(
    contextOf?: (request: Request) => Context | Promise<Context>,
    { allowOrigin = () => false, maxBodyBytes }: HandlerOptions = {},
  ): (request: Request) => Promise<Response> {
    const handle = (request: Request) =>
      answerHttp(request, {
        engine: this.#parts().engine,
        maxBodyBytes,
        // Without `contextOf` the author chose a context that says nothing.
        callOf: async () => ({ app: this.#parts().app, context: (await contextOf?.(request)) as Context }),
        report: (thrown) => this.#report(thrown),
      })
    return createRouter({
      groups: [{ routes: [{ method: 'POST', path: '*', handle }], encodeError }],
      cors: { allowOrigin },
      encodeError,
      report: (thrown) => this.#report(thrown),
    })
  }

  /** Ends what a crash left running. Call it once before the first request when the store outlives the process. */
  start(): Promise<number> {
    return this.#parts().engine.sweep()
  }

  /** Refuses new runs, lets running ones end for `graceMs`, keeps what the rest has written. */
  close(graceMs?: number): Promise<void> {
    return this.#parts().engine.close(graceMs)
  }

  /** Made on first use: by then a subclass has all its hooks. */
  #parts() {
    if (!this.#made) {
      const { store, attachmentStore, onDisconnect } = this.#options
      this.#made = {
        app: runnableOf(this.#hooks(), onDisconnect),
        engine: createEngine<Context>({
          store: isDurable(store) ? store : memoryRuns(store),
          attachments: attachmentStore,
          log: this.#log,
        }),
      }
    }
    return this.#made
  }

  #hooks(): ChatKitHooks<Context> {
    const given = this.#options
    return {
      respond: given.respond ?? this.respond.bind(this),
      action: given.action ?? this.action?.bind(this),
      syncAction: given.syncAction ?? this.syncAction?.bind(this),
      addFeedback: given.addFeedback ?? this.addFeedback?.bind(this),
      transcribe: given.transcribe ?? this.transcribe?.bind(this),
      getStreamOptions: given.getStreamOptions ?? this.getStreamOptions?.bind(this),
      handleStreamCancelled: given.handleStreamCancelled ?? this.handleStreamCancelled?.bind(this),
    }
  }

  #report(thrown: unknown) {
    this.#log.error('A ChatKit request failed.', { cause: thrown })
  }
}

function parsed(body: string | Uint8Array | object): unknown {
  if (typeof body === 'string') return parseJson(new TextEncoder().encode(body))
  return body instanceof Uint8Array ? parseJson(body) : body
}

const isDurable = <Context>(store: Store<Context> | DurableStore<Context>): store is DurableStore<Context> =>
  'startRun' in store
