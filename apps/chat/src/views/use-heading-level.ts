import { useChat } from './session-context.js'

/** Level of the chat's title in the outline of the page around it, as the page says; 1 to 6. */
export function useTopHeading(): number {
  const level = useChat((state) => state.options.appearance?.headingLevel)
  return Math.min(6, Math.max(1, Math.round(Number(level)) || 1))
}

/** What a heading `depth` below the title says of its level; nothing where the element says it already. */
export function useHeadingLevel(depth: number): number | undefined {
  const top = useTopHeading()
  return top === 1 ? undefined : Math.min(6, top + depth)
}
