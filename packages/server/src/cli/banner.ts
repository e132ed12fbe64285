import type { AppReport } from '../code-apps/app-folder.js'
import type { LocalHost } from '../models/local-hosts.js'
import type { Settings } from '../node/settings.js'

export interface BannerFacts {
  url: string
  settings: Settings
  /** What answers, in words: a model and its host, or the offline model. */
  model: string
  /** Set when the built-in offline model answers. */
  offline: boolean
  /** What was read of the apps folder. */
  apps?: { path: string; report: AppReport[] } | undefined
  /** The config file that was read. */
  file?: string | undefined
  /** Where the first owner makes an account. */
  firstLink?: string | undefined
}

/** What a person reads when the server has started. */
export function banner({ url, settings, model, offline, apps, file, firstLink }: BannerFacts): string {
  const lines = [
    '',
    `  Parley is ready: ${url}`,
    '',
    `  mode    ${MODES[settings.environment]}`,
    `  model   ${model}`,
    ...(offline
      ? ['          For a real one set OPENAI_API_KEY, or OPENAI_BASE_URL and PARLEY_MODEL, and start again.']
      : []),
    `  data    ${settings.databaseUrl ? `PostgreSQL at ${new URL(settings.databaseUrl).host}` : settings.dataDir}`,
    ...(apps ? appLines(apps) : []),
    ...(file ? [`  config  ${file}`] : []),
    ...(firstLink ? ['', '  Set up your account (good once, for a day):', `  ${firstLink}`] : []),
    '',
    '  Ctrl+C stops it.',
    '',
  ]
  return lines.join('\n')
}

/** Each app with the page to try it on; what is wrong with one stands in the log above. */
function appLines({ path, report }: NonNullable<BannerFacts['apps']>): string[] {
  const names = report.map(({ id, error, doubts }) => {
    if (error) return `${id} (cannot be read)`
    return doubts.length > 0 ? `${id} (see above)` : id
  })
  return [`  apps    ${names.join(', ') || 'none yet'} in ${path}`]
}

const MODES = {
  development: 'DEVELOPMENT: no login, everybody who can reach this address is one user',
  production: 'production: every request needs a JWT, or the client secret of a session',
}

/** How to use a model host that was found on this machine. */
export const suggestion = ({ name, baseUrl, models }: LocalHost): string =>
  `  ${name} answers on this machine. To use it:\n\n    OPENAI_BASE_URL=${baseUrl} PARLEY_MODEL=${models[0] ?? '<model>'} npm start\n`
