import { useText } from './session-context.js'

/** Stands for what is being loaded. Shows itself after 300 ms (in CSS): what comes sooner needs no stand-in. */
export function Skeleton() {
  const text = useText()
  return (
    <div class="skeleton" role="status" aria-label={text.loading}>
      {['short', 'long', 'long', 'middle'].map((kind, at) => (
        <span key={at} class={`skeleton-line skeleton-${kind}`} />
      ))}
    </div>
  )
}
