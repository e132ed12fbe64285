/** The embeddable chat as a package: register the element, and the types of its options, methods and events. */
export { type DefineOptions, defineChatKit } from './define.js'
export type { ChatKitEventDetails, ChatKitEventName } from './events.js'
export type { ChatKitElement, ChatKitMethod, SendUserMessageParams, SetComposerValueParams } from './methods.js'
export type {
  AppearanceOption,
  ChatKitOptions,
  ChatMessage,
  ColorScheme,
  Command,
  CommandsOption,
  ComposerOption,
  CustomAction,
  CustomApi,
  CustomWidget,
  CustomWidgetContext,
  CustomWidgetFunction,
  EntitiesOption,
  Entity,
  FontSource,
  HeaderOption,
  HostedApi,
  ModelOption,
  SimpleTheme,
  SourcesOption,
  StartScreenPrompt,
  StepsMode,
  ThemeOption,
  ThreadOption,
  ToolInvocation,
  ToolOption,
  UserMessageInput,
  WidgetsOption,
} from './options.js'
