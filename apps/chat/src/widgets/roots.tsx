import { ActionButton } from './button.js'
import { Children } from './children.js'
import type { WidgetProps } from './widget-context.js'
import { toAction, useWidgetActions } from './widget-context.js'
import { boxStyle } from './widget-style.js'

/** A framed card with its status line above and its two answers below. */
export function Card({ props }: { props: WidgetProps }) {
  const { size, ...rest } = props
  return (
    <section class={`widget-card widget-card-${typeof size === 'string' ? size : 'md'}`}>
      <Status of={props.status} />
      {props.collapsed !== true && (
        <div class="widget-col widget-card-body" style={boxStyle(rest)}>
          <Children of={props} />
        </div>
      )}
      <CardActions confirm={props.confirm} cancel={props.cancel} />
    </section>
  )
}

/** Rows of one kind. */
export function ListView({ props }: { props: WidgetProps }) {
  return (
    <section class="widget-card widget-list">
      <Status of={props.status} />
      <Children of={props} />
    </section>
  )
}

/** A row; a button when it has an action. */
export function ListViewItem({ props }: { props: WidgetProps }) {
  const { run, isBlocked } = useWidgetActions()
  const action = toAction(props.onClickAction)
  const style = boxStyle(props)
  if (!action) {
    return (
      <div class="widget-list-item" style={style}>
        <Children of={props} />
      </div>
    )
  }
  return (
    <button
      type="button"
      class="widget-list-item"
      style={style}
      disabled={isBlocked(action)}
      onClick={() => run(action)}
    >
      <Children of={props} />
    </button>
  )
}

/** A root without a frame. */
export function Basic({ props }: { props: WidgetProps }) {
  return (
    <div class={props.direction === 'row' ? 'widget-row' : 'widget-col'} style={boxStyle(props)}>
      <Children of={props} />
    </div>
  )
}

function Status({ of: status }: { of: unknown }) {
  if (typeof status !== 'object' || status === null || !('text' in status)) return null
  return <p class="widget-status">{String(status.text)}</p>
}

function CardActions({ confirm, cancel }: { confirm: unknown; cancel: unknown }) {
  const no = toCardAction(cancel)
  const yes = toCardAction(confirm)
  if (!yes && !no) return null
  return (
    <div class="form-actions">
      {no && <ActionButton class="button button-ghost" {...no} />}
      {yes && <ActionButton class="button button-primary" {...yes} />}
    </div>
  )
}

function toCardAction(value: unknown): { label: string; action: unknown } | null {
  if (typeof value !== 'object' || value === null || !('label' in value) || !('action' in value)) return null
  return { label: String(value.label), action: value.action }
}
