import { useEffect, useRef } from 'react'
import { toHash } from '../api/route.js'
import { useScrollEdges } from '../api/use-scroll-edges.js'
import { Icon, type IconName } from '../parts/icon.js'

const PLACES: { page: string; name: string; icon: IconName }[] = [
  { page: 'apps', name: 'Apps', icon: 'apps' },
  { page: 'knowledge', name: 'Knowledge', icon: 'knowledge' },
  { page: 'models', name: 'Models', icon: 'model' },
  { page: 'traces', name: 'Traces', icon: 'traces' },
  { page: 'mcp', name: 'MCP servers', icon: 'plug' },
  { page: 'secrets', name: 'Secrets', icon: 'lock' },
  { page: 'keys', name: 'Keys', icon: 'key' },
  { page: 'users', name: 'Users', icon: 'users' },
  { page: 'sessions', name: 'Sessions', icon: 'session' },
  { page: 'server', name: 'Server', icon: 'server' },
]

/** Where one can go. On a phone it is a row that scrolls, and the current place is always in sight. */
export function Places({ page }: { page: string }) {
  const nav = useRef<HTMLElement>(null)
  useScrollEdges(nav)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another current place
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [page])
  return (
    <nav aria-label="Studio" ref={nav}>
      <ul>
        {PLACES.map((place) => (
          <li key={place.page}>
            <a href={toHash(place.page)} aria-current={place.page === page ? 'page' : undefined}>
              <Icon name={place.icon} />
              {place.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
