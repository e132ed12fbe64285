import { useAction } from '../actions/use-action.js'
import { Children, childNodes } from '../children.js'
import { boxStyle } from '../values/box-style.js'
import { type WidgetProps, wordsOf } from '../values/read.js'
import { useWidget } from '../widget-context.js'

/**
 * A row of a list. With an action all of it can be pressed: a button lies under the row's content, so that controls in
 * the row stay controls of their own.
 */
export function ListViewItem({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const bound = useAction(props.onClickAction, 'click')
  const { gap, align } = props
  return (
    <div class="widget-list-item" style={boxStyle({ gap, align }, scheme)} aria-busy={bound.isLoading || undefined}>
      {bound.exists && (
        <button
          type="button"
          class="widget-list-press"
          aria-label={spokenWords(props)}
          aria-disabled={bound.isBlocked || bound.isLoading || undefined}
          onClick={() => bound.run()}
        />
      )}
      <Children of={props} />
    </div>
  )
}

/** The words in the row, as its button's name. */
function spokenWords(node: WidgetProps, level = 0): string {
  if (level > 8) return ''
  const own = wordsOf(node.value ?? node.label ?? node.alt)
  return [own, ...childNodes(node).map((child) => spokenWords(child, level + 1))].filter(Boolean).join(' ')
}
