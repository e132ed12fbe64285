import type { ThreadItemUpdate, WidgetNode, WidgetRoot, WidgetStreamingTextValueDelta } from '@parley/protocol'

/**
 * The updates that turn one state of a widget into the next: text deltas when nothing but the text of `Text` and
 * `Markdown` nodes with an `id` has grown, one `widget.root.updated` for any other change, nothing without a change.
 *
 * Null and missing mean the same. Growing text without an `id` becomes a root update, because a delta could not name it.
 * Source: the ChatKit server kit's `diff_widget`; unlike it, single children are looked into and missing props are
 * no error.
 */
export function diffWidget(before: WidgetRoot, after: WidgetRoot): ThreadItemUpdate[] {
  const deltas: WidgetStreamingTextValueDelta[] = []
  if (collectDeltas(before, after, deltas)) return deltas
  return [{ type: 'widget.root.updated', widget: after }]
}

/** Whether text deltas, added to `deltas` in tree order, say everything that changed. */
function collectDeltas(before: WidgetNode, after: WidgetNode, deltas: WidgetStreamingTextValueDelta[]): boolean {
  const props = new Set([...Object.keys(before), ...Object.keys(after)])
  for (const prop of props) {
    const covered =
      prop === 'children'
        ? collectFromChildren(before.children, after.children, deltas)
        : isSame(before[prop], after[prop]) || (prop === 'value' && collectGrowth(before, after, deltas))
    if (!covered) return false
  }
  return true
}

function collectFromChildren(
  before: WidgetNode['children'],
  after: WidgetNode['children'],
  deltas: WidgetStreamingTextValueDelta[],
): boolean {
  if (!before || !after) return isSame(before, after)
  if (!Array.isArray(before) && !Array.isArray(after)) return collectDeltas(before, after, deltas)
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return false
  return before.every((child, index) => {
    const next = after[index]
    return child && next ? collectDeltas(child, next, deltas) : isSame(child, next)
  })
}

function collectGrowth(before: WidgetNode, after: WidgetNode, deltas: WidgetStreamingTextValueDelta[]): boolean {
  const isText = after.type === 'Text' || after.type === 'Markdown'
  if (!isText || !after.id || typeof before.value !== 'string' || typeof after.value !== 'string') return false
  if (!after.value.startsWith(before.value)) return false
  deltas.push({
    type: 'widget.streaming_text.value_delta',
    component_id: after.id,
    delta: after.value.slice(before.value.length),
    done: !after.streaming,
  })
  return true
}

/** Deep equality of JSON values in which a null field and a missing one are the same. */
function isSame(before: unknown, after: unknown): boolean {
  const [one, other] = [before ?? undefined, after ?? undefined]
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object') return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)))
}
