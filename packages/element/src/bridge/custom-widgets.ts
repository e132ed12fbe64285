/** What page and frame say to each other of widgets that the page draws itself. The frame says where, the page what. */

/** A rectangle in the coordinates of the frame's window. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** A widget as the page has to draw it. */
export interface CustomWidgetView {
  /** Of this place in the frame. */
  id: string
  /** In the page's `customWidgets`. */
  name: string
  itemId: string
  data: Record<string, unknown>
  /** More of it is still to come. */
  isStreaming: boolean
  theme: 'light' | 'dark'
  locale: string
}

/** Where the widgets are: each at its place in what scrolls, seen through the scrolling view. */
export interface CustomWidgetLayout {
  view: Box
  scroll: { top: number; height: number }
  places: { id: string; left: number; top: number; width: number }[]
  /** What the frame shows over the view: menus, previews. Nothing of a widget may cover it. */
  holes: Box[]
}

export type CustomWidgetToPage =
  | { type: 'show'; widget: CustomWidgetView }
  | { type: 'remove'; id: string }
  | { type: 'layout'; layout: CustomWidgetLayout }
  /** The keyboard comes into the widget from this side. Answered with whether there was anything to focus. */
  | { type: 'focus'; id: string; from: Side }
  /** Answered with the HTML of a widget that is a file. */
  | { type: 'read'; name: string }

export type CustomWidgetToFrame =
  | { type: 'size'; id: string; height: number }
  | { type: 'scroll'; top: number }
  /** Settles when the action has had its effect. */
  | { type: 'action'; id: string; action: { type: string; payload?: unknown } }
  /** The keyboard leaves the widget on this side. */
  | { type: 'leave'; id: string; to: Side }

export type Side = 'start' | 'end'
