/** React bindings of the chat: one hook, one component, and the types of what they take. */
export type {
  ChatKitElement,
  ChatKitEventDetails,
  ChatKitEventName,
  ChatKitMethod,
  ChatKitOptions,
  SimpleTheme,
  ThemeOption,
} from '@parley/element'
export { ChatKit, type ChatKitProps, type ControlProps, type SessionProps } from './chatkit.js'
export type { ChatKitControl, ChatKitHandlers } from './control.js'
export type { GuideTheme } from './forms/guide-theme.js'
export type {
  ChatKitSession,
  SessionOptions,
  SessionSettings,
} from './forms/session-settings.js'
export type { XpertApi, XpertOptions, XpertSecret } from './forms/xpert.js'
export { ChatKitScriptError, loadChatKit } from './load-chatkit.js'
export {
  type ScriptOption,
  type UseChatKitOptions,
  type UseChatKitResult,
  type UseChatKitSession,
  useChatKit,
} from './use-chatkit.js'
export type { ChatKitMethods } from './use-methods.js'
