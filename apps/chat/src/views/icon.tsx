import { useEffect, useState } from 'preact/hooks'
import { ICONS } from './icons.js'

/** An icon of ours, or one the host page or the agent named; unknown names leave a small dot. Decoration only. */
export function Icon({ name, size = 18 }: { name: string; size?: number }) {
  const path = useIconPath(name)
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}

/** Paths of the named icons arrive on first use; our own are always there. */
function useIconPath(name: string): string {
  const [named, setNamed] = useState<Record<string, string> | null>(null)
  const own = ICONS[name]
  useEffect(() => {
    if (own === undefined && !named) import('./named-icons.js').then((module) => setNamed(module.NAMED_ICONS))
  }, [own, named])
  return own ?? named?.[name] ?? (named ? 'M10 9.6v.8' : '')
}
