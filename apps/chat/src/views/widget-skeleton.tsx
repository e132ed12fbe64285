import { useText } from './session-context.js'

/** Stands for a widget while the code that draws it arrives. */
export function WidgetSkeleton() {
  const text = useText()
  return (
    <div class="skeleton" role="status" aria-label={text.loading}>
      <span class="skeleton-line skeleton-middle" />
      <span class="skeleton-line skeleton-long" />
    </div>
  )
}
