import { chatKitCalls, type ChatKitTransport as Transport } from '@parley/client'
import { resolveLocale } from '../text/resolve-locale.js'
import { announce } from './announce.js'
import { createComposer } from './composer.js'
import { reportError, type SessionContext } from './context.js'
import { browserEnvironment, type Environment } from './environment.js'
import { createImages } from './images.js'
import { createLiveTexts } from './live-text.js'
import { createMessages } from './messages.js'
import type { ChatOptions } from './options.js'
import { createRuns } from './runs.js'
import { createSearch } from './search.js'
import type { ChatSession, SendFile, SessionHost } from './session-contract.js'
import { initialState } from './state.js'
import { createStore } from './store.js'
import { createThreads } from './threads.js'

export type * from './session-contract.js'
export type { Transport }

export interface SessionDeps {
  transport: Transport
  host: SessionHost
  options: ChatOptions
  /** The locale the words on screen are in, sent along so that the server can answer in it. */
  locale?: string
  environment?: Environment
  /** How files get to where they are kept. Absent: uploads fail. */
  sendFile?: SendFile
}

/** Starts a chat that is not on screen yet: `start()` loads, the views draw what `getState()` says. */
export function createChatSession(deps: SessionDeps): ChatSession {
  const { transport, host, environment = browserEnvironment } = deps
  const locale = (options: ChatOptions) =>
    resolveLocale(options.locale ?? deps.locale ?? globalThis.navigator?.language ?? 'en')
  const store = createStore(initialState(deps.options, locale(deps.options)))
  const context: SessionContext = {
    store,
    host,
    environment,
    sendFile: deps.sendFile ?? (async () => Response.error()),
    live: createLiveTexts(environment.scheduleFrame),
    client: chatKitCalls(transport),
    headers: () => ({ 'parley-client': 'frame/1', 'accept-language': store.getState().locale }),
  }
  const runs = createRuns(context)
  const threads = createThreads(context, runs)
  const messages = createMessages(context, runs, threads)
  const composer = createComposer(context, messages)

  let before = store.getState()
  const stopAnnouncing = store.subscribe(() => {
    const after = store.getState()
    const from = before
    before = after // first, so that a host that answers an event by a command finds it already announced
    announce(from, after, host)
  })
  let stopWatching: (() => void) | null = null

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    live: context.live,
    async start(written = '') {
      stopWatching = environment.watchOnline((online) => store.dispatch({ type: 'online.set', online }))
      const { initialThread, history } = store.getState().options
      composer.selectDefaults()
      const loading = [
        history?.enabled !== false && threads.loadHistory(false),
        initialThread && threads.open(initialThread),
      ]
      if (written) composer.changeComposer({ text: written }) // of the thread that is being opened
      await Promise.all(loading)
    },
    setOptions: (options) => {
      store.dispatch({ type: 'options.set', options, locale: locale(options) })
      composer.selectDefaults()
    },
    setThreadId: (id) => threads.open(id ?? null),
    ...messages,
    ...composer,
    ...createImages(context),
    async fetchUpdates() {
      await Promise.all([threads.refresh(), threads.loadHistory(false)])
    },
    async showHistory() {
      store.dispatch({ type: 'view.set', view: 'history' })
      const { phase } = store.getState().history
      if (phase !== 'ready' && phase !== 'loading') await threads.loadHistory(false)
    },
    async hideHistory() {
      store.dispatch({ type: 'view.set', view: 'chat' })
    },
    stop: runs.stop,
    renameThread: threads.rename,
    deleteThread: threads.delete,
    loadOlderItems: threads.loadOlder,
    async openMatch({ thread, excerpt }) {
      const [from = 0, to = 0] = excerpt?.marks[0] ?? []
      const found = excerpt && { itemId: excerpt.item_id, word: excerpt.text.slice(from, to) }
      store.dispatch({ type: 'view.set', view: 'chat' })
      await threads.open(thread.id, found)
    },
    loadMoreThreads: () => threads.loadHistory(true),
    ...createSearch(context),
    dismissNotice: (id) => store.dispatch({ type: 'notice.dismissed', id }),
    callHost: (path, ...args) =>
      host.callFunction(path, args).then(
        () => undefined,
        (error: unknown) => reportError(host, error),
      ),
    askHost: (path, ...args) => host.callFunction(path, args),
    loadFont: async (url) => host.loadFont?.(url) ?? Promise.reject(new Error('This page cannot load fonts.')),
    customWidgets: host.customWidgets,
    reportError: (error) => reportError(host, error),
    tellShell: (message) => host.tellShell?.(message),
    openDeepLink(url) {
      const { host: name, searchParams } = new URL(url)
      host.emit('chatkit.deeplink', { name, data: Object.fromEntries(searchParams) })
    },
    dispose() {
      stopWatching?.()
      runs.detach()
      stopAnnouncing()
    },
  }
}
