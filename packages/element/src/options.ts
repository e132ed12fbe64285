import type { UserMessageContent, WidgetRoot } from '@parley/protocol'

/**
 * What a page may choose, as published for ChatKit 1.9: options written for `@openai/chatkit` fit unchanged.
 * Names we do not know are reported through `chatkit.log` and otherwise ignored.
 */
export interface ChatKitOptions {
  /** Where the chat talks to. Left out: the server that served the script, at `/api/chatkit`. */
  api?: CustomApi | HostedApi
  /** Language of the interface, e.g. `"de"` or `"pt-BR"`. Default: the browser's. Unknown languages become English. */
  locale?: string
  /** Default `"light"`. */
  theme?: ColorScheme | ThemeOption
  /** Accessible name of the chat's iframe. Default `"Chat"`. */
  frameTitle?: string
  /** Thread to open first; `null` starts a new one. Default `null`. */
  initialThread?: string | null
  /** Runs a tool on the page; what it returns (or the text of what it throws) goes back to the agent. */
  onClientTool?: (call: {
    name: string
    params: Record<string, unknown>
  }) => Promise<Record<string, unknown>> | Record<string, unknown>
  header?: HeaderOption
  history?: { enabled?: boolean; showDelete?: boolean; showRename?: boolean }
  startScreen?: { greeting?: string; prompts?: StartScreenPrompt[] }
  threadItemActions?: { feedback?: boolean; retry?: boolean }
  composer?: ComposerOption
  /** Markdown below the composer. */
  disclaimer?: { text: string; highContrast?: boolean }
  entities?: EntitiesOption
  commands?: CommandsOption
  widgets?: WidgetsOption
  thread?: ThreadOption
  sources?: SourcesOption
  /** A button in the corner of the page opens the chat as a panel; on a phone it fills the screen. Ours. */
  launcher?: boolean | LauncherOption
  /** The element is as high as what is in it, up to `--parley-max-height` of the page's CSS (80vh). Ours. */
  autoHeight?: boolean
  /** Parley's own: widgets drawn by the page, or by HTML of the page's in a sandbox, by name. */
  customWidgets?: Record<string, CustomWidget>
  appearance?: AppearanceOption
}

/** A ChatKit endpoint of your own. */
export interface CustomApi {
  /** Relative addresses count from the page. */
  url: string
  /** Makes every request instead of the browser's fetch, on the page. */
  fetch?: typeof fetch
  /** Not needed here: accepted for pages written for the hosted service. */
  domainKey?: string
  uploadStrategy?: { type: 'two_phase' } | { type: 'direct'; uploadUrl: string }
}

/** A session made by your server; the chat talks to the server that served the script. */
export interface HostedApi {
  /** Called with `null` on first need, and with the refused secret when it no longer works. */
  getClientSecret: (currentClientSecret: string | null) => Promise<string | GivenSecret>
  /** Which app, by id or alias, where the session reaches several; a session that is bound to one app needs none. */
  appId?: string
}

/** A secret with what it is for. Ours. */
export interface GivenSecret {
  secret: string
  /** Instead of the option `appId`. */
  appId?: string | undefined
  organizationId?: string | undefined
}

export type ColorScheme = 'light' | 'dark'

export interface ThemeOption extends SimpleTheme {
  colorScheme?: ColorScheme
  radius?: 'pill' | 'round' | 'soft' | 'sharp'
  density?: 'compact' | 'normal' | 'spacious'
  typography?: {
    baseSize?: 14 | 15 | 16 | 17 | 18
    fontFamily?: string
    fontFamilyMono?: string
    fontSources?: FontSource[]
  }
  color?: {
    grayscale?: { hue: number; tint: number; shade?: number }
    accent?: { primary: string; level: number }
    surface?: { background: string; foreground: string }
  }
}

/** Simple keys, as guides to chat elements write them; they may stand among the others. Ours. */
export interface SimpleTheme {
  /** Buttons, links and focus. */
  primaryColor?: string
  backgroundColor?: string
  fontFamily?: string
  /** A length such as `"12px"`: exactly that for messages, the nearest of the four shapes for everything else. */
  borderRadius?: string
  /** Ground of all messages. */
  messageBackground?: string
  /** Text of the person's messages. */
  userMessageColor?: string
  /** Text of the answers. */
  botMessageColor?: string
}

/** Ours. What CSS can say is said by CSS: `--parley-user-bubble` and the like, on the element. */
export interface AppearanceOption {
  /** Beside the messages: a picture as a data URL (base64, up to 150 KB), or up to three letters. */
  avatars?: { user?: string; assistant?: string }
  /**
   * Level of the chat's title in the outline of your page, 1 to 6; its other headings and those of the answers follow.
   * Default 1.
   */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6
}

export interface FontSource {
  family: string
  src: string
  weight?: string | number
  style?: 'normal' | 'italic' | 'oblique'
  display?: 'auto' | 'block' | 'swap' | 'fallback' | 'optional'
  unicodeRange?: string
}

/** A message in one piece, as a page may log or count it. */
export interface ChatMessage {
  id: string
  role: 'user' | 'assistant'
  /** Its text; tags by their names. */
  content: string
  /** ISO 8601. */
  created_at: string
}

export interface ToolInvocation {
  name: string
  arguments: Record<string, unknown>
  result: unknown
}

export interface ThreadOption {
  /** Follow the answer while it is written, if the reader is already near its end. Default `false`. */
  autoScroll?: boolean
  /** How the model's thoughts are shown. Ours, beside the published options. Default: as the agent says, else folded. */
  reasoning?: StepsMode
  /** How everything else an agent does is shown: searches, files, tools. Ours. Default: as the agent says, else folded. */
  steps?: StepsMode
  /** Called with every message once it is whole, the person's and the agent's. Ours. */
  onMessage?: (message: ChatMessage) => void
  /** Called with every tool that has run, on the page or on the server. Ours. */
  onToolInvocation?: (tool: ToolInvocation) => void
  /** A single line end in an answer begins a new line, as in a text message. Ours. Default `false`: as in Markdown. */
  lineBreaks?: boolean
}

/** Folded until asked for, open from the start, or not shown at all. */
export type StepsMode = 'collapsed' | 'expanded' | 'hidden'

/** Ours, beside the published options. */
export interface SourcesOption {
  /** A person opens a file an answer rests on. Without it files are only named. */
  onFileClick?(file: { filename: string; title: string; description?: string; group?: string }): void
}

export interface LauncherOption {
  /** Corner of the page: below its end or its start. Default `"end"`. */
  side?: 'start' | 'end'
  /** Whether the chat is open at first. Default `false`. */
  open?: boolean
}

export interface HeaderOption {
  enabled?: boolean
  title?: { enabled?: boolean; text?: string }
  leftAction?: { icon: string; onClick: () => void }
  rightAction?: { icon: string; onClick: () => void }
}

export interface StartScreenPrompt {
  label: string
  prompt: string | UserMessageInput[]
  icon?: string
}

/** Part of a message as a page writes it: the data of a tag may be left out. */
export type UserMessageInput =
  | Extract<UserMessageContent, { type: 'input_text' }>
  | {
      type: 'input_tag'
      id: string
      text: string
      group?: string
      data?: Record<string, unknown>
      interactive?: boolean
    }

export interface ComposerOption {
  placeholder?: string
  /** Characters one message may have; a longer one cannot be sent, and the person reads why. Ours. Default: no limit. */
  maxLength?: number
  attachments?: {
    enabled: boolean
    /** Bytes, for all files or per MIME pattern. Default 100 MB. */
    maxSize?: number | Record<string, number>
    /** Files in one message. Default 10. */
    maxCount?: number
    accept?: Record<string, string[]>
  }
  tools?: ToolOption[]
  models?: ModelOption[]
  dictation?: { enabled: boolean }
}

export interface ToolOption {
  id: string
  label: string
  icon: string
  shortLabel?: string
  placeholderOverride?: string
  pinned?: boolean
  persistent?: boolean
}

export interface ModelOption {
  id: string
  label: string
  description?: string
  disabled?: boolean
  default?: boolean
}

export interface Entity {
  id: string
  title: string
  icon?: string
  interactive?: boolean
  group?: string
  data?: Record<string, string>
}

export interface EntitiesOption {
  onTagSearch?: (query: string) => Promise<Entity[]>
  showComposerMenu?: boolean
  onClick?(entity: Entity): void
  onRequestPreview?(entity: Entity): Promise<{ preview: WidgetRoot | null }>
}

export interface Command {
  id: string
  label: string
  description?: string
  icon?: string
  group?: string
}

export interface CommandsOption {
  enabled: boolean
  onSearch?: (query: string) => Promise<Command[]>
  /** Return an entity or a text to insert it, another menu to go on, or nothing when the command has done its work. */
  onSelect?(command: Command): Promise<unknown>
}

export interface WidgetsOption {
  onAction?(action: CustomAction, widgetItem: { id: string; widget: WidgetRoot }): Promise<void>
}

export interface CustomAction {
  type: string
  payload?: Record<string, unknown>
}

/** A widget of the page's own: a function that draws it in the page, or one self-contained HTML file for a sandbox. */
export type CustomWidget = CustomWidgetFunction | { html: string } | { url: string }

/**
 * Draws a widget in the page, over its place in the chat. Called again, with the same box, whenever its data changes.
 * A node it returns becomes the box's content; it may as well fill the box itself.
 */
export type CustomWidgetFunction = (data: Record<string, unknown>, widget: CustomWidgetContext) => unknown

export interface CustomWidgetContext {
  /** Stands in the page, as a child of the element: the page's styles apply. Its height is the widget's height. */
  box: HTMLElement
  itemId: string
  /** More of it is still to come. */
  isStreaming: boolean
  theme: ColorScheme
  locale: string
  /** Sends an action to the server, as a button of a widget does. Settles when it has had its effect. */
  sendAction(action: CustomAction): Promise<void>
  /** Aborted when the widget goes away. */
  signal: AbortSignal
}
