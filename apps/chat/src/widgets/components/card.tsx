import type { ComponentChildren } from 'preact'
import { Children } from '../children.js'
import { FormScope } from '../forms/form-scope.js'
import { borderStyle } from '../values/border.js'
import { paddingStyle, type Style } from '../values/box-style.js'
import { surfaceColor } from '../values/color.js'
import { spacesOf } from '../values/length.js'
import { isRecord, oneOf, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { CardActions } from './card-actions.js'
import { Status } from './status.js'
import { Themed } from './themed.js'

/** A framed card: its status line above, its two answers below. Collapsed, its body is put away. */
export function Card({ props }: { props: WidgetProps }) {
  return (
    <Themed theme={props.theme}>
      <ThemedCard props={props} />
    </Themed>
  )
}

function ThemedCard({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const size = oneOf(props.size, ['sm', 'md', 'lg', 'full']) ?? 'md'
  const paddings = spacesOf(props.padding)
  const background = surfaceColor(props.background, scheme)
  const style: Style = {
    ...borderStyle(props.border, scheme),
    ...(background && { 'background-color': background }),
    // What is flush with the card's edges reaches over its padding.
    ...(paddings.left && { '--card-x': paddings.left }),
    ...(paddings.top && { '--card-y': paddings.top }),
  }
  const isForm = props.asForm === true
  return (
    <Frame className={`widget-card widget-card-${size}`} style={style} submits={isForm ? (props.confirm ?? {}) : null}>
      <Status of={props.status} />
      <div class="widget-col widget-card-body" style={paddingStyle(props.padding)} hidden={props.collapsed === true}>
        <Children of={props} />
      </div>
      <CardActions confirm={props.confirm} cancel={props.cancel} isForm={isForm} />
    </Frame>
  )
}

interface FrameProps {
  className: string
  style: Style
  /** The card's confirm when it is a form, which is what a submit does; else `null`. */
  submits: unknown
  children: ComponentChildren
}

function Frame({ className, style, submits, children }: FrameProps) {
  if (submits === null) {
    return (
      <section class={className} style={style}>
        {children}
      </section>
    )
  }
  return (
    <FormScope class={className} style={style} action={isRecord(submits) ? submits.action : undefined}>
      {children}
    </FormScope>
  )
}
