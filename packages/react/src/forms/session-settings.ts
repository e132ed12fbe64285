import type {
  ChatKitOptions,
  ChatMessage,
  CustomWidget,
  CustomWidgetContext,
  HostedApi,
  StepsMode,
  ToolInvocation,
} from '@parley/element'
import type { ReactNode } from 'react'
import type { ChatKitHandlers } from '../control.js'

/** `useChatKit({ workflowId, getClientSecret })`. */
export interface SessionOptions {
  /** The agent or workflow the session is for. Your server chooses it when it creates the session. */
  workflowId: string
  /** Asks your own server for a secret. Called again, with the refused one, when it no longer works. */
  getClientSecret: (currentClientSecret: string | null) => Promise<string>
}

/** What `useChatKit({ workflowId, getClientSecret })` gives and `<ChatKit session>` takes. */
export interface ChatKitSession {
  workflowId: string
  api: HostedApi
}

/** Props of `<ChatKit session>`. Those marked "not yet" are accepted and say so in the console in development. */
export interface SessionSettings {
  /** ChatKit's own, or simple keys such as `primaryColor`. */
  theme?: ChatKitOptions['theme']
  placeholder?: string
  welcomeMessage?: string
  enableFileUpload?: boolean
  /** MIME types, patterns such as `image/*`, and endings such as `.pdf`. */
  acceptedFileTypes?: string[]
  /** Bytes. */
  maxFileSize?: number
  enableVoiceInput?: boolean
  /** Characters; a longer message cannot be sent, and the person reads why. */
  maxMessageLength?: number
  /** Whether the model's thoughts are shown. Default `true`. */
  showThinking?: boolean
  /** How they are shown. Default `"collapsed"`. */
  thinkingStyle?: StepsMode
  /** Whether searches, tools and other steps are shown. Default `true`. */
  toolVisualization?: boolean
  /** Components of the page for widgets of these names; drawn with the data of the widget. */
  customWidgets?: Record<string, CustomWidget | ((data: never, widget: CustomWidgetContext) => ReactNode)>
  /** Called with every message once it is whole, the person's and the agent's. */
  onMessage?: (message: ChatMessage) => void
  /** Called with every tool that has run, on the page or on the server. */
  onToolInvocation?: (tool: ToolInvocation) => void
  /** Gets the Error itself. */
  onError?: (error: Error) => void
  /** Any other option of the chat; what the props above say wins. */
  options?: Omit<ChatKitOptions, 'api'> & Omit<ChatKitHandlers, 'onError'>
}
