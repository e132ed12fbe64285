import { type ColorScheme, DENSITIES, type Look, RADII } from './look.js'

/** What the address names: the sample behind the `#`, and the look as a query. */
export interface Place {
  id: string
  look: Look
}

/** `/gallery?theme=dark&locale=ar&radius=sharp#Card` → its parts; what it does not name has its default. */
export function readAddress({ search, hash }: { search: string; hash: string }, systemScheme: ColorScheme): Place {
  const query = new URLSearchParams(search)
  const theme = query.get('theme')
  return {
    id: decodeURIComponent(hash.slice(1)),
    look: {
      scheme: theme === 'dark' || theme === 'light' ? theme : systemScheme,
      locale: query.get('locale') ?? '',
      radius: oneOf(query.get('radius'), RADII) ?? 'pill',
      density: oneOf(query.get('density'), DENSITIES) ?? 'normal',
      accent: query.get('accent') ?? '',
      font: query.get('font') ?? '',
    },
  }
}

/** The address of a place, relative to the page. Only what differs from the default is named, but always the theme. */
export function writeAddress({ id, look }: Place): string {
  const query = new URLSearchParams({ theme: look.scheme })
  if (look.locale) query.set('locale', look.locale)
  if (look.radius !== 'pill') query.set('radius', look.radius)
  if (look.density !== 'normal') query.set('density', look.density)
  if (look.accent) query.set('accent', look.accent)
  if (look.font) query.set('font', look.font)
  return `?${query}#${encodeURIComponent(id)}`
}

function oneOf<Word extends string>(value: string | null, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value)
}
