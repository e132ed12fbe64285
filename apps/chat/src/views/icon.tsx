import { useEffect, useState } from 'preact/hooks'
import { ICONS } from './icons.js'

interface Props {
  name: string
  size?: number
}

/** An icon of ours, or one the host page or the agent named; unknown names leave a small dot. Decoration only. */
export function Icon({ name, size = 18 }: Props) {
  const path = ICONS[name]
  return path === undefined ? <NamedIcon name={name} size={size} /> : draw(path, size, 'icon')
}

/** The paths of the named icons arrive on first use; our own are always there. */
function NamedIcon({ name, size = 18 }: Props) {
  const [paths, setPaths] = useState<Record<string, string> | null>(null)
  useEffect(() => {
    import('./named-icons.js').then((module) => setPaths(module.NAMED_ICONS))
  }, [])
  const path = paths ? (paths[name] ?? 'M10 9.6v.8') : ''
  return draw(path, size, name.endsWith('-filled') ? 'icon icon-filled' : 'icon')
}

function draw(path: string, size: number, className: string) {
  return (
    <svg class={className} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
