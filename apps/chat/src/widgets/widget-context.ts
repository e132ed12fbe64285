import { type ComponentType, createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** An action as a widget describes it. `handler` and `streaming` say where it goes; they never leave the browser. */
export interface ActionConfig {
  type: string
  payload?: unknown
  handler?: 'server' | 'client'
  streaming?: boolean
}

/** A node of a widget tree: data from the server, any prop may be missing or of another shape. */
export type WidgetProps = Record<string, unknown>

/** What a widget can do, and what it borrows from the chat around it. */
export interface WidgetActions {
  Markdown: ComponentType<{ text: string }>
  /** Draws any node; components get it from here, since they stand in the table it looks into. */
  Node: ComponentType<{ node: object }>
  /** Whether the action has to wait for the answer being written. */
  isBlocked(action: ActionConfig): boolean
  run(action: ActionConfig): Promise<void>
}

export const WidgetContext = createContext<WidgetActions | null>(null)

export function useWidgetActions(): WidgetActions {
  const actions = useContext(WidgetContext)
  if (!actions) throw new TypeError('A widget was drawn outside of its item.')
  return actions
}

/** Reads an action out of untrusted widget data. */
export function toAction(value: unknown): ActionConfig | null {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return null
  return value as ActionConfig // its type is checked; the rest is optional and goes on as it is
}
