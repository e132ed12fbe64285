import type { ChatKitOptions, ComposerOption, ThreadOption } from '@parley/element'
import type { ChatKitHandlers } from '../control.js'
import { toAccept } from './file-types.js'
import type { ChatKitSession, SessionSettings } from './session-settings.js'

/** The chat's own options for the props of `<ChatKit session>`. */
export function fromSession(session: ChatKitSession, settings: SessionSettings): ChatKitOptions & ChatKitHandlers {
  const { options = {}, onError } = settings
  return defined({
    ...options,
    api: session.api,
    theme: settings.theme ?? options.theme,
    composer: toComposer(settings, options.composer),
    thread: toThread(settings, options.thread),
    customWidgets: (settings.customWidgets as ChatKitOptions['customWidgets']) ?? options.customWidgets, // each takes the data it asks for
    startScreen: settings.welcomeMessage
      ? { ...options.startScreen, greeting: settings.welcomeMessage }
      : options.startScreen,
    onError: onError && (({ error }: { error: Error }) => onError(error)),
  })
}

function toComposer(settings: SessionSettings, base: ComposerOption | undefined): ComposerOption | undefined {
  const { placeholder, enableFileUpload, acceptedFileTypes, maxFileSize, enableVoiceInput, maxMessageLength } = settings
  const composer = defined({
    ...base,
    placeholder: placeholder ?? base?.placeholder,
    maxLength: maxMessageLength ?? base?.maxLength,
    dictation: enableVoiceInput === undefined ? base?.dictation : { enabled: enableVoiceInput },
    attachments:
      enableFileUpload === undefined
        ? base?.attachments
        : defined({
            ...base?.attachments,
            enabled: enableFileUpload,
            maxSize: maxFileSize ?? base?.attachments?.maxSize,
            accept: acceptedFileTypes ? toAccept(acceptedFileTypes) : base?.attachments?.accept,
          }),
  })
  return Object.keys(composer).length > 0 ? composer : undefined
}

function toThread(settings: SessionSettings, base: ThreadOption | undefined): ThreadOption | undefined {
  const { showThinking, thinkingStyle, toolVisualization, onMessage, onToolInvocation } = settings
  const thread = defined({
    ...base,
    reasoning: showThinking === false ? 'hidden' : (thinkingStyle ?? base?.reasoning),
    steps: toolVisualization === false ? 'hidden' : base?.steps,
    onMessage: onMessage ?? base?.onMessage,
    onToolInvocation: onToolInvocation ?? base?.onToolInvocation,
  })
  return Object.keys(thread).length > 0 ? thread : undefined
}

function defined<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries) as Value // the same but for members that say nothing
}
