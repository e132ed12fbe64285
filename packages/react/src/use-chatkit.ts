import type { ChatKitElement, ChatKitOptions } from '@parley/element'
import { type RefObject, useMemo, useRef, useState } from 'react'
import type { ChatKitControl, ChatKitHandlers } from './control.js'
import { fromGuideTheme, type GuideTheme } from './forms/guide-theme.js'
import type { SessionOptions } from './forms/session-settings.js'
import { fromXpert, type XpertOptions } from './forms/xpert.js'
import { useControl } from './use-control.js'
import { type ChatKitMethods, useMethods } from './use-methods.js'
import { useScript } from './use-script.js'
import { type SessionState, useSession } from './use-session.js'

/** Where the chat's script is. Leave it out when the page has a script tag of its own. */
export interface ScriptOption {
  /** Address of the Parley server, or of its `/chatkit.js`. */
  src?: string
  /** Another name of `src`. */
  scriptUrl?: string
}

export type UseChatKitOptions = Omit<ChatKitOptions, 'theme'> &
  ChatKitHandlers &
  ScriptOption & { theme?: ChatKitOptions['theme'] | GuideTheme }

export interface UseChatKitResult extends ChatKitMethods {
  /** For `<ChatKit control={control}>`. */
  control: ChatKitControl
  /** The element itself, once it is in the page. */
  ref: RefObject<ChatKitElement | null>
}

export type UseChatKitSession = SessionState

/**
 * Sets up a chat. Write the options inline: the chat hears of a change only when one really changed, and functions are
 * always the newest ones.
 *
 * Three forms are accepted; a component keeps to the one it began with.
 *
 * @example
 * const { control, sendUserMessage } = useChatKit({ src: 'https://chat.example.com', api: { url: '/api/chatkit' } })
 * const { session, error, isLoading } = useChatKit({ workflowId: 'support', getClientSecret })
 * const { control } = useChatKit({ frameUrl: 'https://chat.example.com/chatkit/frame/', api: { apiUrl, xpertId, getClientSecret } })
 */
export function useChatKit(options: SessionOptions & ScriptOption): UseChatKitSession
export function useChatKit(options: XpertOptions & ChatKitHandlers & ScriptOption): UseChatKitResult
export function useChatKit(options: UseChatKitOptions): UseChatKitResult
export function useChatKit(given: AnyForm): UseChatKitSession | UseChatKitResult {
  const isSession = 'workflowId' in given
  const { src, scriptUrl, ...options } = isSession
    ? scriptOf(given)
    : isXpert(given)
      ? readXpert(given)
      : readOwn(given)

  const ref = useRef<ChatKitElement>(null)
  const methods = useMethods(ref)
  const control = useControl(options, ref)
  const state = useSession(isSession ? given : null)
  const [scriptError, setScriptError] = useState<Error | null>(null)
  useScript(src ?? scriptUrl, (error) => {
    if (isSession) setScriptError(error)
    else control.handlers.onError?.({ error })
  })

  const result = useMemo(() => ({ ...methods, control, ref }), [methods, control])
  if (!isSession) return result
  return scriptError ? { ...state, error: scriptError } : state
}

type AnyForm = (ScriptOption & (SessionOptions | (XpertOptions & ChatKitHandlers))) | UseChatKitOptions

/** Any form as options of the chat. */
type ReadForm = ChatKitOptions & ChatKitHandlers & ScriptOption

function isXpert(given: Exclude<AnyForm, SessionOptions>): given is XpertOptions & ChatKitHandlers & ScriptOption {
  return 'frameUrl' in given || (given.api !== undefined && 'apiUrl' in given.api)
}

function readXpert({ src, scriptUrl, ...given }: XpertOptions & ChatKitHandlers & ScriptOption): ReadForm {
  const options = fromXpert(given)
  return { ...options, src: src ?? scriptUrl ?? options.src }
}

function readOwn({ theme, ...given }: UseChatKitOptions): ReadForm {
  return theme === undefined ? given : { ...given, theme: fromGuideTheme(theme) }
}

const scriptOf = ({ src, scriptUrl }: ScriptOption): ReadForm => ({ src, scriptUrl })
