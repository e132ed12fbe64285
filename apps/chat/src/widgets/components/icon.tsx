import { textColor } from '../values/color.js'
import { lookUp, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'

const SIZES: Record<string, number> = { xs: 12, sm: 14, md: 16, lg: 20, xl: 24, '2xl': 28, '3xl': 32 }

/** One of the named icons, as decoration. */
export function Icon({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const color = textColor(props.color, scheme)
  return (
    <span class="widget-icon" style={color ? { color } : {}}>
      <NamedIcon name={props.name} size={lookUp(SIZES, props.size) ?? SIZES.md} />
    </span>
  )
}

/** An icon by an untrusted name; without a name there is none. A vendor's prefix is left off. */
export function NamedIcon({ name, size = 16 }: { name: unknown; size?: number | undefined }) {
  const { Icon: ChatIcon } = useWidget()
  if (typeof name !== 'string' || name === '') return null
  const plain = name.replace(/^(vendor|lucide):/, '')
  return <ChatIcon name={plain in Object.prototype ? '' : plain} size={size} />
}
