import type { ChatKitElement, ChatKitOptions } from '@parley/element'
import { createElement, Fragment, forwardRef, type HTMLAttributes, type Ref, useCallback, useRef } from 'react'
import { type ChatKitControl, type ChatKitHandlers, HANDLER_OF_EVENT } from './control.js'
import { useCustomWidgets } from './custom-widgets.js'
import { fromSession } from './forms/session-options.js'
import type { ChatKitSession, SessionSettings } from './forms/session-settings.js'
import { useLayoutEffectInBrowser } from './layout-effect.js'
import { useControl } from './use-control.js'

/** `<ChatKit control={control} style={…}>`: everything but `control` goes to the element. */
export interface ControlProps extends HTMLAttributes<ChatKitElement> {
  control: ChatKitControl
  session?: undefined
}

/** `<ChatKit session={session} theme={…}>`: what is no setting of the chat goes to the element. */
export interface SessionProps extends Omit<HTMLAttributes<ChatKitElement>, keyof SessionSettings>, SessionSettings {
  /** `null` shows an empty box until the session is there. */
  session: ChatKitSession | null
  control?: undefined
}

export type ChatKitProps = ControlProps | SessionProps

/** The chat. It fills its box: give it a size through `style` or `className`. */
export const ChatKit = forwardRef<ChatKitElement, ChatKitProps>(function ChatKit(props, forwardedRef) {
  const element = useRef<ChatKitElement>(null)
  const { options, htmlProps, isReady } = readProps(props)
  const own = useControl(options, element)
  const control = props.control ?? own
  const drawn = useCustomWidgets(control.options)
  const key = useSessionKey(props.session?.workflowId)

  const newest = useRef(control)
  useLayoutEffectInBrowser(() => {
    newest.current = control
  })
  // Another key is another element, which starts without listeners and options.
  useLayoutEffectInBrowser(() => listen(element.current, () => newest.current.handlers), [key])
  useLayoutEffectInBrowser(() => {
    if (isReady) return setOptionsWhenDefined(element.current, drawn.options)
  }, [drawn.options, isReady, key])

  const { setInstance } = control
  const ref = useCallback(
    (instance: ChatKitElement | null) => {
      element.current = instance
      setInstance(instance)
      assignRef(forwardedRef, instance)
    },
    [setInstance, forwardedRef],
  )
  return createElement(Fragment, null, createElement('openai-chatkit', { ...htmlProps, ref, key }), ...drawn.portals)
})

/** Another workflow is another chat, with an element of its own; the first one keeps the element it waited in. */
function useSessionKey(workflowId: string | undefined): string {
  const first = useRef(workflowId)
  first.current ??= workflowId
  return workflowId === first.current ? 'first' : (workflowId ?? 'first')
}

interface ReadProps {
  options: ChatKitOptions & ChatKitHandlers
  htmlProps: HTMLAttributes<ChatKitElement> & { class?: string }
  /** There are options for the element to begin with. */
  isReady: boolean
}

function readProps(props: ChatKitProps): ReadProps {
  const { control, session, className, ...rest } = props
  const box = className === undefined ? {} : { class: className } // `className` means nothing to React 18 on an element like this
  if (control) return { options: {}, htmlProps: { ...(rest as HTMLAttributes<ChatKitElement>), ...box }, isReady: true }

  const entries = Object.entries(rest)
  const settings: SessionSettings = Object.fromEntries(entries.filter(([name]) => name in SETTINGS))
  const htmlProps = { ...Object.fromEntries(entries.filter(([name]) => !(name in SETTINGS))), ...box }
  return session
    ? { options: fromSession(session, settings), htmlProps, isReady: true }
    : { options: {}, htmlProps, isReady: false }
}

const SETTINGS: Record<keyof SessionSettings, true> = {
  theme: true,
  placeholder: true,
  welcomeMessage: true,
  enableFileUpload: true,
  acceptedFileTypes: true,
  maxFileSize: true,
  enableVoiceInput: true,
  maxMessageLength: true,
  showThinking: true,
  thinkingStyle: true,
  toolVisualization: true,
  customWidgets: true,
  onMessage: true,
  onToolInvocation: true,
  onError: true,
  options: true,
}

/** Calls the newest handlers with the details of the element's events, until the returned function is called. */
function listen(element: ChatKitElement | null, getHandlers: () => ChatKitHandlers): () => void {
  const listening = new AbortController()
  for (const [event, name] of Object.entries(HANDLER_OF_EVENT)) {
    const call = ({ detail }: CustomEvent) => getHandlers()[name]?.(detail)
    element?.addEventListener(event, call as EventListener, { signal: listening.signal }) // all are CustomEvents
  }
  return () => listening.abort()
}

function setOptionsWhenDefined(element: ChatKitElement | null, options: ChatKitOptions): (() => void) | undefined {
  if (customElements.get('openai-chatkit')) {
    element?.setOptions(options)
    return undefined
  }
  let isWanted = true
  customElements.whenDefined('openai-chatkit').then(() => {
    if (isWanted) element?.setOptions(options)
  })
  return () => {
    isWanted = false
  }
}

function assignRef(ref: Ref<ChatKitElement>, instance: ChatKitElement | null): void {
  if (typeof ref === 'function') ref(instance)
  else if (ref) ref.current = instance
}
