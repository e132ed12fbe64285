/** Everything of a theme that is not colour, as CSS custom properties. */
export interface ShapeOptions {
  radius?: 'pill' | 'round' | 'soft' | 'sharp'
  density?: 'compact' | 'normal' | 'spacious'
  baseSize?: number
  fontFamily?: string
  fontFamilyMono?: string
}

const RADII = {
  sharp: { control: 0, card: 0, bubble: 0, field: 0 },
  soft: { control: 6, card: 6, bubble: 10, field: 10 },
  round: { control: 10, card: 10, bubble: 14, field: 14 },
  pill: { control: 999, card: 14, bubble: 20, field: 26 },
} as const

const DENSITIES = {
  compact: { turn: 16, item: 8, control: 32 },
  normal: { turn: 24, item: 12, control: 36 },
  spacious: { turn: 32, item: 16, control: 40 },
} as const

const SYSTEM_FONT =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
const SYSTEM_MONO = 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace'

export function shapeProperties(options: ShapeOptions): Record<string, string> {
  const radius = own(RADII, options.radius) ?? RADII.pill
  const density = own(DENSITIES, options.density) ?? DENSITIES.normal
  return {
    '--radius-control': `${radius.control}px`,
    '--radius-card': `${radius.card}px`,
    '--radius-bubble': `${radius.bubble}px`,
    '--radius-field': `${radius.field}px`,
    '--turn-gap': `${density.turn}px`,
    '--item-gap': `${density.item}px`,
    '--control-size': `${density.control}px`,
    '--font-size': options.baseSize ? `${Math.min(32, Math.max(8, options.baseSize))}px` : '100%', // the person's own size unless the page chose one
    '--font': options.fontFamily ? `${options.fontFamily}, ${SYSTEM_FONT}` : SYSTEM_FONT,
    '--font-mono': options.fontFamilyMono ? `${options.fontFamilyMono}, ${SYSTEM_MONO}` : SYSTEM_MONO,
  }
}

/** The entry of that name; a word nobody knows chooses nothing. */
function own<Value>(table: Record<string, Value>, name: string | undefined): Value | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}
