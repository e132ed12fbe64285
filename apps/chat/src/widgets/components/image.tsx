import { useState } from 'preact/hooks'
import { blockStyle, flexOf, type Style } from '../values/box-style.js'
import { surfaceColor } from '../values/color.js'
import { oneOf, textOf, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { NamedIcon } from './icon.js'
import { usePicture } from './use-picture.js'

const FITS = ['cover', 'contain', 'fill', 'scale-down', 'none'] as const
const POSITIONS = [
  'top left',
  'top',
  'top right',
  'left',
  'center',
  'right',
  'bottom left',
  'bottom',
  'bottom right',
] as const

/** A picture; one that may not be loaded from where it lies leaves a place that says what it is and where. */
export function Image({ props }: { props: WidgetProps }) {
  const { scheme } = useWidget()
  const [failed, setFailed] = useState<string | null>(null)
  const src = textOf(props.src)
  const picture = usePicture(src)
  const alt = textOf(props.alt) ?? ''
  const background = surfaceColor(props.background, scheme)
  const flex = flexOf(props.flex)
  const style: Style = {
    ...blockStyle(props),
    ...(flex && { flex }),
    ...(background && { 'background-color': background }),
  }
  const shape = ['widget-image', props.frame === true && 'widget-framed', props.flush === true && 'widget-image-flush']
  const className = shape.filter(Boolean).join(' ')
  if (picture === null || picture === failed) {
    return <Blank className={className} style={style} alt={alt} host={hostOf(src ?? '')} />
  }
  const fit = oneOf(props.fit, FITS) ?? 'cover'
  const position = oneOf(props.position, POSITIONS) ?? 'center'
  return (
    <img
      class={className}
      style={{ ...style, 'object-fit': fit, 'object-position': position }}
      {...(picture === 'loading' ? { 'data-loading': true } : { src: picture })}
      alt={alt}
      decoding="async"
      onError={() => setFailed(picture)}
    />
  )
}

function Blank({ className, style, alt, host }: { className: string; style: Style; alt: string; host: string }) {
  const label = [alt, host].filter(Boolean).join(', ')
  return (
    <span
      class={`${className} widget-image-blank`}
      style={style}
      {...(label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true })}
    >
      <NamedIcon name="image" size={20} />
      {alt && <span class="widget-image-alt">{alt}</span>}
      {host && <span class="widget-image-host">{host}</span>}
    </span>
  )
}

/** Where a picture would come from, to be shown in its place. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
