import type { WidgetProps } from './widget-context.js'
import { useWidgetActions } from './widget-context.js'
import { textColor } from './widget-style.js'

const WEIGHTS: Record<string, string> = { normal: '400', medium: '500', semibold: '600', bold: '600' }

function textStyle(props: WidgetProps): Record<string, string> {
  const color = textColor(props.color)
  const weight = WEIGHTS[String(props.weight)]
  return {
    ...(color && { color }),
    ...(weight && { 'font-weight': weight }),
    ...(typeof props.textAlign === 'string' && { 'text-align': props.textAlign }),
    ...(typeof props.maxLines === 'number' && { '-webkit-line-clamp': String(props.maxLines) }),
    ...(props.italic === true && { 'font-style': 'italic' }),
    ...(props.lineThrough === true && { 'text-decoration': 'line-through' }),
  }
}

function classes(kind: string, props: WidgetProps): string {
  const size = typeof props.size === 'string' ? `${kind}-${props.size}` : ''
  const cut = props.truncate === true ? 'widget-truncate' : typeof props.maxLines === 'number' ? 'widget-clamp' : ''
  return [kind, size, cut].filter(Boolean).join(' ')
}

const words = (props: WidgetProps) => (typeof props.value === 'string' ? props.value : '')

export function TextWidget({ props }: { props: WidgetProps }) {
  return (
    <p class={classes('widget-text', props)} style={textStyle(props)}>
      {words(props)}
    </p>
  )
}

export function Title({ props }: { props: WidgetProps }) {
  return (
    <h3 class={classes('widget-title', props)} style={textStyle(props)}>
      {words(props)}
    </h3>
  )
}

export function Caption({ props }: { props: WidgetProps }) {
  return (
    <p class={classes('widget-caption', props)} style={textStyle(props)}>
      {words(props)}
    </p>
  )
}

export function MarkdownWidget({ props }: { props: WidgetProps }) {
  const { Markdown } = useWidgetActions()
  return <Markdown text={words(props)} />
}

export function Badge({ props }: { props: WidgetProps }) {
  const color = textColor(props.color) ?? 'var(--neutral-10)'
  return (
    <span class="widget-badge" style={{ color }}>
      {typeof props.label === 'string' ? props.label : ''}
    </span>
  )
}
