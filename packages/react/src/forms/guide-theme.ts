import type { ChatKitOptions, ThemeOption } from '@parley/element'

/** A theme as guides to self-hosted ChatKit write it: other words for the radius, fonts by their kind. */
export interface GuideTheme extends Omit<ThemeOption, 'radius' | 'fontFamily'> {
  radius?: ThemeOption['radius'] | keyof typeof RADIUS
  fontFamily?: { sans?: string; serif?: string; mono?: string }
}

const RADIUS = { none: 'sharp', small: 'soft', medium: 'round', large: 'pill' } as const

/** The same theme in ChatKit's words; one that is in them already stays as it is. */
export function fromGuideTheme(given: ChatKitOptions['theme'] | GuideTheme): ChatKitOptions['theme'] {
  if (given === undefined || typeof given === 'string') return given
  const { radius, fontFamily, ...theme } = given
  const fonts =
    typeof fontFamily === 'string'
      ? { fontFamily }
      : { fontFamily: fontFamily?.sans ?? fontFamily?.serif, fontFamilyMono: fontFamily?.mono }
  const chosen = Object.entries(fonts).filter(([, family]) => family !== undefined)
  return {
    ...theme,
    ...(radius && { radius: isGuideRadius(radius) ? RADIUS[radius] : radius }),
    ...(chosen.length > 0 && { typography: { ...theme.typography, ...Object.fromEntries(chosen) } }),
  }
}

function isGuideRadius(radius: NonNullable<GuideTheme['radius']>): radius is keyof typeof RADIUS {
  return Object.hasOwn(RADIUS, radius)
}
