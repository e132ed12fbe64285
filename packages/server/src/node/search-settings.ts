import type { SettingValues } from './setting-variables.js'
import { SettingsError } from './settings-error.js'

/** Which service searches the web, where it is, and its key. */
export interface SearchSettings {
  service: 'searxng' | 'brave' | 'tavily'
  url?: string
  key?: string
}

/** An address alone is a SearXNG's, which needs no key; the others have addresses of their own. @throws {SettingsError} */
export function searchOf(values: SettingValues): { search?: SearchSettings } {
  const { PARLEY_SEARCH: name, PARLEY_SEARCH_URL: url, PARLEY_SEARCH_KEY: key } = values
  if (!name && !url) {
    if (key)
      throw new SettingsError([
        'PARLEY_SEARCH_KEY is a key, but for which service? Set PARLEY_SEARCH to brave or tavily.',
      ])
    return {}
  }
  const service = (name ?? 'searxng') as SearchSettings['service'] // as the schema says
  if (service === 'searxng' && !url)
    throw new SettingsError(['PARLEY_SEARCH=searxng needs PARLEY_SEARCH_URL, for example http://127.0.0.1:8080.'])
  if (service !== 'searxng' && !key) throw new SettingsError([`PARLEY_SEARCH=${service} needs PARLEY_SEARCH_KEY.`])
  return { search: { service, ...(url && { url }), ...(key && { key }) } }
}
