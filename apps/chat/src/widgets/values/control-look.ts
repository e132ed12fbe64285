import { oneOf, type WidgetProps } from './read.js'

export const CONTROL_SIZES = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const
const GUTTERS = ['2xs', 'xs', 'sm', 'md', 'lg', 'xl'] as const

/** How a control looks, as the attributes the style sheet reads. */
export function controlLook(props: WidgetProps) {
  return {
    'data-variant': oneOf(props.variant, ['solid', 'soft', 'outline', 'ghost']) ?? 'outline',
    'data-size': oneOf(props.size, CONTROL_SIZES) ?? 'lg',
    'data-gutter': oneOf(props.gutterSize, GUTTERS),
  }
}

/** The class of a control of some kind, with its shape. */
export function controlClass(kind: string, props: WidgetProps): string {
  const shape = [kind, props.pill === true && 'widget-pill', props.block === true && 'widget-block']
  return shape.filter(Boolean).join(' ')
}
