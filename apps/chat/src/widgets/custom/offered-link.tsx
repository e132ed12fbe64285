import { targetName } from '../../markdown/link-policy.js'
import { useWidget } from '../widget-context.js'

/** A link that a page in a sandbox wants to open. It says where it leads, and opens when the person says so. */
export function OfferedLink({ href, onDone }: { href: string; onDone(): void }) {
  const { Icon } = useWidget()
  return (
    <a
      class="widget-offered-link"
      href={href}
      title={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      onClick={onDone}
    >
      <Icon name="external-link" size={14} />
      <span class="widget-truncate">{targetName(href)}</span>
    </a>
  )
}
