import { en, type Text } from './en.js'

/** Languages beside English, each loaded when it is first asked for. */
const LOADERS: Record<string, () => Promise<Text>> = {
  ar: async () => (await import('./ar.js')).ar,
  de: async () => (await import('./de.js')).de,
  es: async () => (await import('./es.js')).es,
  fr: async () => (await import('./fr.js')).fr,
  ja: async () => (await import('./ja.js')).ja,
  vi: async () => (await import('./vi.js')).vi,
  zh: async () => (await import('./zh-cn.js')).zhCn,
}

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur'])

/** Which language the chat speaks for a locale such as `de-AT`: English where it has no words for it. */
export function languageOf(locale: string): string {
  const language = locale.toLowerCase().split('-')[0] ?? ''
  return language in LOADERS ? language : 'en'
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(languageOf(locale)) ? 'rtl' : 'ltr'
}

/** The words for a locale, English for one without. */
export async function loadText(locale: string): Promise<Text> {
  return (await LOADERS[languageOf(locale)]?.()) ?? en
}
