import { targetName } from '../../markdown/link-policy.js'
import { useWidget } from '../widget-context.js'

/** A link that a page in a sandbox wants to open. It says where it leads, and opens when the person says so. */
export function OfferedLink({ href, onDone }: { href: string; onDone(): void }) {
  const { Icon } = useWidget()
  return (
    <a
      class="widget-offer"
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

/** An action that a page in a sandbox wants, and of which it is not sure that the person wants it. */
export function OfferedAction({ name, onAllow }: { name: string; onAllow(): void }) {
  const { Icon, text } = useWidget()
  return (
    <button type="button" class="widget-offer" onClick={onAllow}>
      <Icon name="play" size={14} />
      <span class="widget-truncate">{text.allowAction(name)}</span>
    </button>
  )
}
