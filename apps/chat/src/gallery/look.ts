import type { ChatKitOptions, ColorScheme, ThemeOption } from '@parley/element'

export type { ColorScheme }

export const RADII = ['pill', 'round', 'soft', 'sharp'] as const
export const DENSITIES = ['compact', 'normal', 'spacious'] as const

/** How the live view looks, whatever it shows. Empty: the chat's own default. */
export interface Look {
  scheme: ColorScheme
  locale: string
  radius: (typeof RADII)[number]
  density: (typeof DENSITIES)[number]
  /** A CSS colour. */
  accent: string
  /** A font family; its monospaced companion is looked for under the same name with "Mono" behind it. */
  font: string
}

/** The look as options of the chat. */
export function lookOptions(look: Look): Pick<ChatKitOptions, 'theme' | 'locale'> {
  const theme: ThemeOption = {
    colorScheme: look.scheme,
    radius: look.radius,
    density: look.density,
    ...(look.accent && { color: { accent: { primary: look.accent, level: 1 } } }),
    ...(look.font && {
      typography: { fontFamily: JSON.stringify(look.font), fontFamilyMono: JSON.stringify(`${look.font} Mono`) },
    }),
  }
  return { theme, ...(look.locale && { locale: look.locale }) }
}
