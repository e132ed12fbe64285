import { directionIn } from './direction.js'
import { en, type Text } from './en.js'
import type { Translation } from './translation.js'

/** A language the chat has words in, each loaded when it is first asked for. */
interface Language {
  /** The locale whose words these are. */
  tag: string
  load(): Promise<Translation>
}

const LANGUAGES: readonly Language[] = [
  { tag: 'ar', load: async () => (await import('./ar.js')).ar },
  { tag: 'de', load: async () => (await import('./de.js')).de },
  { tag: 'es', load: async () => (await import('./es.js')).es },
  { tag: 'fr', load: async () => (await import('./fr.js')).fr },
  { tag: 'hi', load: async () => (await import('./hi.js')).hi },
  { tag: 'id', load: async () => (await import('./id.js')).id },
  { tag: 'it', load: async () => (await import('./it.js')).it },
  { tag: 'ja', load: async () => (await import('./ja.js')).ja },
  { tag: 'ko', load: async () => (await import('./ko.js')).ko },
  { tag: 'nl', load: async () => (await import('./nl.js')).nl },
  { tag: 'pl', load: async () => (await import('./pl.js')).pl },
  { tag: 'pt-BR', load: async () => (await import('./pt-br.js')).ptBr },
  { tag: 'pt-PT', load: async () => (await import('./pt-pt.js')).ptPt },
  { tag: 'ru', load: async () => (await import('./ru.js')).ru },
  { tag: 'tr', load: async () => (await import('./tr.js')).tr },
  { tag: 'ur', load: async () => (await import('./ur.js')).ur },
  { tag: 'vi', load: async () => (await import('./vi.js')).vi },
  { tag: 'zh-CN', load: async () => (await import('./zh-cn.js')).zhCn },
  { tag: 'zh-TW', load: async () => (await import('./zh-tw.js')).zhTw },
]

/** Every language with words of its own, for the test that looks for missing ones. */
export const languageTags: readonly string[] = LANGUAGES.map(({ tag }) => tag)

/** The language whose words stand on screen for a resolved locale: its own, the nearest, or English. */
export function languageOf(locale: string): string {
  return find(locale)?.tag ?? 'en'
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return directionIn(languageOf(locale))
}

/** The words for a resolved locale, English for one without. */
export async function loadText(locale: string): Promise<Text> {
  const words = await find(locale)?.load()
  return words ? { ...en, ...words, problems: { ...en.problems, ...words.problems } } : en
}

function find(locale: string): Language | undefined {
  const wanted = locale === 'zh-HK' ? 'zh-TW' : locale // Hong Kong reads the same characters
  return LANGUAGES.find(({ tag }) => tag === wanted || tag === wanted.split('-')[0])
}
