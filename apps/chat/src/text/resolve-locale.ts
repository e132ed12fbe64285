/** Every locale the published options name beside English. Source: `TranslatedLocale` of `@openai/chatkit` 1.9. */
const LOCALES = (
  'am ar bg-BG bn-BD bs-BA ca-ES cs-CZ da-DK de-DE el-GR es-419 es-ES et-EE fi-FI fr-CA fr-FR gu-IN hi-IN hr-HR ' +
  'hu-HU hy-AM id-ID is-IS it-IT ja-JP ka-GE kk kn-IN ko-KR lt lv-LV mk-MK ml mn mr-IN ms-MY my-MM nb-NO nl-NL pa ' +
  'pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sl-SI so-SO sq-AL sr-RS sv-SE sw-TZ ta-IN te-IN th-TH tl tr-TR uk-UA ur vi-VN ' +
  'zh-CN zh-HK zh-TW'
).split(' ')

/** Languages that are written down under another name. */
const SAME_LANGUAGE: Record<string, string> = { no: 'nb', nn: 'nb', fil: 'tl' }

/** Languages of several locales: which one a place or script belongs to. */
const BY_REGION: Record<string, (locale: Intl.Locale) => string> = {
  zh: ({ region, script }) => {
    if (script !== 'Hant') return 'zh-CN'
    return region === 'HK' || region === 'MO' ? 'zh-HK' : 'zh-TW'
  },
  es: ({ region }) => (region === 'ES' ? 'es-ES' : 'es-419'),
  fr: ({ region }) => (region === 'CA' ? 'fr-CA' : 'fr-FR'),
  pt: ({ region }) => (region === 'BR' ? 'pt-BR' : 'pt-PT'), // the other countries write as Portugal does
}

/**
 * The locale the chat is in when a page or a browser asks for `requested`: one of the published ones, or English in the
 * requested country. What is unknown, or no locale at all, is English.
 */
export function resolveLocale(requested: string): string {
  const locale = parse(requested)
  if (!locale) return 'en'
  if (locale.language === 'en') return locale.region ? `en-${locale.region}` : 'en'
  const tag = locale.baseName
  if (LOCALES.includes(tag)) return tag
  const language = SAME_LANGUAGE[locale.language] ?? locale.language
  const byRegion = Object.hasOwn(BY_REGION, language) ? BY_REGION[language] : undefined
  if (byRegion) return byRegion(locale.maximize())
  return LOCALES.find((known) => known === language || known.startsWith(`${language}-`)) ?? 'en'
}

/** Operating systems write `pt_BR`, and add what is no part of a language. */
function parse(requested: unknown): Intl.Locale | null {
  try {
    return new Intl.Locale(
      String(requested)
        .replace(/_/g, '-')
        .replace(/[.@].*/, ''),
    )
  } catch {
    return null // not a locale
  }
}
