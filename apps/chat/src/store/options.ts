import type { AppearanceOption, ColorScheme, LauncherOption, ThemeOption, ThreadOption } from '@parley/element'
import type { UserMessageContent } from '@parley/protocol'

/**
 * What the host page chose: the published ChatKit options with every function replaced by `true`. The functions stay
 * on the host page and are called by their path through `SessionHost.callFunction`.
 */
export interface ChatOptions {
  api?: ApiOptions
  locale?: string
  theme?: ColorScheme | ThemeOption
  frameTitle?: string
  initialThread?: string | null
  onClientTool?: true
  header?: {
    enabled?: boolean
    title?: { enabled?: boolean; text?: string }
    leftAction?: HeaderAction
    rightAction?: HeaderAction
  }
  history?: { enabled?: boolean; showDelete?: boolean; showRename?: boolean }
  startScreen?: { greeting?: string; prompts?: StartPrompt[] }
  threadItemActions?: { feedback?: boolean; retry?: boolean }
  composer?: ComposerOptions
  disclaimer?: { text: string; highContrast?: boolean }
  entities?: { onTagSearch?: true; showComposerMenu?: boolean; onClick?: true; onRequestPreview?: true }
  commands?: { enabled: boolean; onSearch?: true; onSelect?: true }
  widgets?: { onAction?: true }
  thread?: Omit<ThreadOption, 'onMessage' | 'onToolInvocation'> & { onMessage?: true; onToolInvocation?: true }
  sources?: { onFileClick?: true }
  customWidgets?: Record<string, true | { html: string } | { url: string }>
  appearance?: AppearanceOption
  launcher?: boolean | LauncherOption
  autoHeight?: boolean
  /** Variables of the app that go with every message; set by pages of Xpert's. */
  state?: Record<string, unknown>
  /** The `--parley-…` properties of the page's CSS, read by the element; not an option a page can set. */
  look?: Record<string, string>
}

export interface ApiOptions {
  url?: string
  domainKey?: string
  fetch?: true
  getClientSecret?: true
  /** The app a session of several shall talk to. */
  appId?: string
  uploadStrategy?: { type: 'two_phase' } | { type: 'direct'; uploadUrl: string }
}

export interface HeaderAction {
  icon: string
  onClick?: true
}

export interface StartPrompt {
  label: string
  prompt: string | UserMessageContent[]
  icon?: string
}

export interface ComposerOptions {
  placeholder?: string
  maxLength?: number
  attachments?: {
    enabled: boolean
    maxSize?: number | Record<string, number>
    maxCount?: number
    accept?: Record<string, string[]>
  }
  tools?: ComposerTool[]
  models?: ComposerModel[]
  dictation?: { enabled: boolean }
}

export interface ComposerTool {
  id: string
  label: string
  icon: string
  shortLabel?: string
  placeholderOverride?: string
  pinned?: boolean
  persistent?: boolean
}

export interface ComposerModel {
  id: string
  label: string
  description?: string
  disabled?: boolean
  default?: boolean
}
