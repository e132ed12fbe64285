import type { ButtonHTMLAttributes, Ref } from 'preact'
import { Icon } from './icon.js'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'size'> & {
  icon: string
  label: string
  size?: number
  ref?: Ref<HTMLButtonElement>
}

/** A button that shows an icon and says its name to screen readers and on hover. */
export function IconButton({ icon, label, size, class: extra, ...rest }: Props) {
  return (
    <button type="button" {...rest} class={`icon-button ${extra ?? ''}`} aria-label={label} title={label}>
      <Icon name={icon} size={size ?? 18} />
    </button>
  )
}
