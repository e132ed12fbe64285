import type { CustomWidgetToFrame, CustomWidgetToPage } from '@parley/element/bridge'
import { type ComponentType, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { MarkdownOptions } from '../markdown/stream.js'
import type { Text } from '../text/en.js'
import type { ThemeInput } from '../theme/apply-theme.js'
import type { ActionConfig } from './actions/action.js'
import type { Scheme } from './values/color.js'

/** What a widget borrows from the chat around it. */
export interface WidgetHost {
  text: Text
  locale: string
  theme: ThemeInput
  markdown: MarkdownOptions
  Icon: ComponentType<{ name: string; size?: number }>
  /** Whether an answer is being written, so that server actions that stream have to wait. */
  isBusy: boolean
  /** Ends when the action has had its effect; fails when it could not be carried out. */
  run(action: ActionConfig): Promise<void>
  reportError(error: unknown): void
  /** The page's own widgets by name, and the way to the page. Absent where there are none, e.g. in previews. */
  custom?: CustomWidgets
}

/** Widgets of the page's own. */
export interface CustomWidgets {
  /** `true`: drawn by the page itself; else HTML for a sandbox. */
  byName: Record<string, true | { html: string } | { url: string }>
  itemId: string
  send(message: CustomWidgetToPage): Promise<unknown>
  listen(listener: (message: CustomWidgetToFrame) => unknown): () => void
}

/** What the components of one widget share. */
export interface Widget extends WidgetHost {
  scheme: Scheme
  /** More of it is still to come. */
  isLive: boolean
  /** Names of the fields some Label speaks for. */
  labelled: ReadonlySet<string>
  /** Begins the ids of this widget's fields. */
  id: string
  /** Fades the widget and makes it inert until the returned function is called. */
  hold(): () => void
}

export const WidgetContext = createContext<Widget | null>(null)

export function useWidget(): Widget {
  const widget = useContext(WidgetContext)
  if (!widget) throw new TypeError('A component was drawn outside of its widget.')
  return widget
}
