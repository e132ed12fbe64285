import {
  BridgeError,
  type Channel,
  type Command,
  callOption,
  detachFunctions,
  type FrameApi,
  type ShellMessage,
  type ShellWords,
} from './bridge/index.js'
import { checkOptions, type OptionWarning } from './check-options.js'
import { createWidgetLayer, type WidgetLayer } from './custom-widgets/widget-layer.js'
import type { ChatKitEventDetails, ChatKitEventName } from './events.js'
import { createFailureView } from './failure-view.js'
import { type FrameConnection, openFrame } from './frame-connection.js'
import { createLauncher, LAUNCHER_SHEET } from './launcher.js'
import { readLook, watchLook } from './look.js'
import type { ChatKitElement, SendUserMessageParams, SetComposerValueParams } from './methods.js'
import type { ChatKitOptions, CustomAction } from './options.js'

/** The box, and over the frame the page's own widgets, each to be touched only where it is. */
const SHEET = `
:host{display:block;position:relative}
:host([hidden]){display:none}
.widgets{position:absolute;overflow:auto;overscroll-behavior:contain;scrollbar-width:none;pointer-events:none}
.widgets::-webkit-scrollbar{display:none}
.widget{position:absolute;display:flow-root;pointer-events:auto}
.widget>span{position:absolute}
::slotted(*){display:flow-root}
:host([data-auto-height]){height:min(var(--parley-content-height),var(--parley-max-height,80vh))!important}
${LAUNCHER_SHEET}`

/**
 * `<openai-chatkit>`: an iframe with the chat, and the published methods and events around it. It fills its box; the
 * page gives the box its size. The server it talks to by default is the one that served the script.
 */
export function createChatKitElement(frameUrl: URL): new () => ChatKitElement {
  const sheet = new CSSStyleSheet() // not a style element, which a strict style-src of the page would refuse
  sheet.replaceSync(SHEET)

  return class extends HTMLElement implements ChatKitElement {
    #options: ChatKitOptions = {}
    #hasOptions = false
    #connection: FrameConnection | undefined
    #widgets: WidgetLayer | undefined
    #channel: Channel<FrameApi> | undefined
    /** The chat inside has said it is ready for commands. */
    #ready = false
    #whenReady: { run(channel: Channel<FrameApi>): void; fail(error: Error): void }[] = []
    #warned = new Set<string>()
    /** Thread on screen, kept so that an element moved in the page opens where it was. */
    #threadId: string | null | undefined
    /** The `--parley-…` properties the frame was told last. */
    #look: Record<string, string> = {}
    #stopWatching: (() => void) | undefined
    readonly #launcher = createLauncher(() => (this.#isOpen ? this.hideChat() : this.showChat()))
    #words: ShellWords = { open: 'Open chat', close: 'Close chat', unread: 'New message' }
    #isOpen = false
    #isUnread = false

    connectedCallback(): void {
      if (this.#connection) return
      this.#open()
      this.#stopWatching = watchLook(this, () => this.#followLook())
    }

    disconnectedCallback(): void {
      this.#stopWatching?.()
      this.#close(new BridgeError('closed', 'The chat was removed from the page before it could answer.'))
    }

    /** Called by browsers that can move an element without unloading it: nothing has to be done. */
    connectedMoveCallback(): void {
      // Without this method such a browser falls back to disconnecting and connecting.
    }

    setOptions(options: ChatKitOptions): void {
      const checked = checkOptions(options)
      this.#options = checked.options
      for (const warning of checked.warnings) this.#warn(warning)
      const isFirst = !this.#hasOptions
      this.#hasOptions = true
      if (this.#connection) this.#connection.frame.title = this.#title
      if (this.#dictates) this.#connection?.lendMicrophone()
      this.#shapeShell()
      if (isFirst) this.#start()
      else this.#channel?.tell('setOptions', this.#detachedOptions())
    }

    async focusComposer(): Promise<void> {
      this.#connection?.frame.focus() // a frame cannot take the focus from its page by itself
      await this.#run('focusComposer')
    }

    setThreadId(threadId: string | null): Promise<void> {
      return this.#run('setThreadId', threadId ?? null)
    }

    sendUserMessage(params: SendUserMessageParams): Promise<void> {
      return this.#run('sendUserMessage', params)
    }

    setComposerValue(params: SetComposerValueParams): Promise<void> {
      return this.#run('setComposerValue', params)
    }

    sendCustomAction(action: CustomAction, itemId?: string): Promise<void> {
      return this.#run('sendCustomAction', action, itemId)
    }

    sendAction(action: CustomAction, itemId?: string): Promise<void> {
      return this.sendCustomAction(action, itemId)
    }

    fetchUpdates(): Promise<void> {
      return this.#run('fetchUpdates')
    }

    showHistory(): Promise<void> {
      return this.#run('showHistory')
    }

    hideHistory(): Promise<void> {
      return this.#run('hideHistory')
    }

    async showChat(): Promise<void> {
      if (!this.#options.launcher) return
      this.#setOpen(true)
      await this.focusComposer()
    }

    hideChat(): void {
      const hadFocus = this.shadowRoot?.activeElement === this.#connection?.frame
      this.#setOpen(false)
      if (hadFocus) this.#launcher.button.focus()
    }

    #setOpen(isOpen: boolean): void {
      this.#isOpen = isOpen
      if (isOpen) this.#isUnread = false
      this.toggleAttribute('data-open', isOpen)
      this.#drawLauncher()
    }

    #drawLauncher(): void {
      this.#launcher.draw({ isOpen: this.#isOpen, isUnread: this.#isUnread, words: this.#words })
    }

    /** Whether the element is a box of the page's, a panel, or as high as its content. */
    #shapeShell(): void {
      const { launcher, autoHeight } = this.#options
      const settings = typeof launcher === 'object' ? launcher : {}
      if (launcher && !this.hasAttribute('data-launcher')) this.#setOpen(settings.open === true)
      if (launcher) this.setAttribute('data-launcher', settings.side ?? 'end')
      else this.removeAttribute('data-launcher')
      if (!autoHeight) this.removeAttribute('data-auto-height')
    }

    /** What the frame tells of itself. */
    #hearShell(message: ShellMessage): void {
      if ('words' in message) {
        this.#words = message.words
        this.#drawLauncher()
      } else if ('height' in message) {
        this.style.setProperty('--parley-content-height', `${message.height}px`)
        this.toggleAttribute('data-auto-height', this.#options.autoHeight === true)
      } else this.hideChat()
    }

    get #title(): string {
      return this.#options.frameTitle ?? 'Chat'
    }

    get #dictates(): boolean {
      return this.#options.composer?.dictation?.enabled === true
    }

    #open(): void {
      this.#connection = openFrame({
        url: frameUrl.href,
        title: this.#title,
        microphone: this.#dictates,
        getFetch: () => this.#fetch,
        page: {
          emit: (name, detail) => this.#receive(name, detail),
          callOption: async (path, args) => callOption(this.#options, path, args),
          shell: (message) => this.#hearShell(message),
          customWidget: (message) => this.#widgets?.receive(message),
        },
        onConnect: (channel) => {
          this.#channel = channel
          this.#widgets?.clear() // of a frame that was loaded before
          this.#start()
        },
        onFailure: (error) => this.#fail(error),
      })
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true })
      root.adoptedStyleSheets = [sheet]
      this.#widgets = createWidgetLayer({
        host: this,
        frame: this.#connection.frame,
        getWidgets: () => this.#options.customWidgets,
        send: async (message) => this.#channel?.call('customWidget', message),
        onError: (error) =>
          this.#dispatch('chatkit.error', { error: error instanceof Error ? error : Error(String(error)) }),
      })
      root.replaceChildren(this.#connection.frame, this.#widgets.element, this.#launcher.button)
    }

    #close(reason: Error): void {
      this.#connection?.close()
      this.#connection = undefined
      this.#widgets?.clear()
      this.#widgets = undefined
      this.#channel = undefined
      this.#ready = false
      for (const { fail } of this.#whenReady.splice(0)) fail(reason)
    }

    /** Begins the chat as soon as there are both a connected frame and options to begin with. */
    #start(): void {
      if (!this.#hasOptions) return
      const options = this.#detachedOptions()
      if (this.#threadId !== undefined) options.initialThread = this.#threadId
      this.#channel?.tell('start', { options, pageUrl: document.baseURI })
    }

    #run(command: Command, ...args: unknown[]): Promise<void> {
      return new Promise((resolve, reject) => {
        const run = (channel: Channel<FrameApi>) => channel.call('run', command, args).then(resolve, reject)
        if (this.#ready && this.#channel) run(this.#channel)
        else this.#whenReady.push({ run, fail: reject })
      })
    }

    #detachedOptions(): Record<string, unknown> {
      const leaveOut = (option: string) =>
        this.#warn({ option, message: `"${option}" is not plain data and was left out.` })
      this.#look = readLook(this)
      return { ...detachFunctions(this.#options, leaveOut), look: this.#look }
    }

    #followLook(): void {
      if (!this.#ready || JSON.stringify(readLook(this)) === JSON.stringify(this.#look)) return
      this.#channel?.tell('setOptions', this.#detachedOptions())
    }

    /** The page's newest `api.fetch`, or the browser's. */
    get #fetch(): typeof fetch {
      const { api } = this.#options
      const own = api && 'url' in api ? api.fetch : undefined
      return own ?? ((...request) => fetch(...request))
    }

    /** An event from the frame. Dispatched one macrotask later when it is `ready`, so that listeners can attach first. */
    #receive(name: string, detail: unknown): void {
      if (name === 'chatkit.thread.change') {
        this.#threadId = (detail as ChatKitEventDetails['chatkit.thread.change']).threadId // sent by our own frame
      }
      if (name === 'chatkit.response.end' && !this.#isOpen) {
        this.#isUnread = true
        this.#drawLauncher()
      }
      if (name === 'chatkit.ready') setTimeout(() => this.#becomeReady())
      else this.#dispatch(name as ChatKitEventName, detail) // the frame and the element come from one build
    }

    #becomeReady(): void {
      const channel = this.#channel
      if (!channel || this.#ready) return
      this.#ready = true
      this.#dispatch('chatkit.ready')
      for (const { run } of this.#whenReady.splice(0)) run(channel)
    }

    #dispatch(name: ChatKitEventName, detail?: unknown): void {
      this.dispatchEvent(new CustomEvent(name, { detail }))
    }

    /** Says once what is wrong with an option: in the console for the author, as an event for the page's own log. */
    #warn({ option, message }: OptionWarning): void {
      if (this.#warned.has(message)) return
      this.#warned.add(message)
      console.warn(`<openai-chatkit> ${message}`)
      const log = () => this.#dispatch('chatkit.log', { name: 'option.ignored', data: { option, message } })
      if (this.#ready) log()
      else this.#whenReady.push({ run: log, fail: log })
    }

    #fail(error: BridgeError): void {
      this.#close(error)
      const retry = () => this.#open()
      this.shadowRoot?.replaceChildren(createFailureView(error.message, retry))
      console.error(`<openai-chatkit> ${error.message}`)
      this.#dispatch('chatkit.error', { error })
    }
  }
}
