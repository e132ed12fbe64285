import type { Guardrail } from './guardrail.js'

const LINK = /\b(?:[a-z][a-z\d+.-]*:\/\/|www\.)[^\s<>"')\]]+|\b(?:javascript|data|vbscript):[^\s<>"')\]]+/gi

/** Lets only addresses through that are allowed: by host, scheme, and without a name and password in them. */
export const urlFilter: Guardrail = (text, config) => {
  const allowList = listOf(config.url_allow_list ?? config.allowed_urls)
  const schemes = listOf(config.allowed_schemes).map((scheme) => scheme.replace(/:(\/\/)?$/, ''))
  const rules = {
    allowList,
    schemes: schemes.length > 0 ? schemes : ['https'],
    refuseUserInfo: config.block_userinfo !== false,
    allowSubdomains: config.allow_subdomains === true,
  }
  const detected = [...new Set(text.match(LINK)?.map((link) => link.replace(/[.,;:!?]+$/, '')) ?? [])]
  const refusals = new Map<string, string>()
  for (const link of detected) {
    const reason = refusalOf(link, rules)
    if (reason) refusals.set(link, reason)
  }
  return {
    tripwireTriggered: refusals.size > 0,
    info: {
      guardrail_name: 'URL Filter',
      config,
      detected,
      allowed: detected.filter((link) => !refusals.has(link)),
      blocked: [...refusals.keys()],
      blocked_reasons: [...refusals].map(([link, reason]) => `${link}: ${reason}`),
      checked_text: text,
    },
  }
}

interface Rules {
  allowList: string[]
  schemes: string[]
  refuseUserInfo: boolean
  allowSubdomains: boolean
}

function refusalOf(link: string, { allowList, schemes, refuseUserInfo, allowSubdomains }: Rules): string | undefined {
  const whole = link.startsWith('www.') ? `https://${link}` : link
  if (!URL.canParse(whole)) return 'not an address'
  const url = new URL(whole)
  if (!schemes.includes(url.protocol.slice(0, -1))) return `the scheme ${url.protocol.slice(0, -1)} is not allowed`
  if (refuseUserInfo && (url.username || url.password)) return 'holds a name or password'
  const fits = allowList.some((entry) => isAllowed(url, entry, allowSubdomains))
  return fits ? undefined : 'not on the list of allowed addresses'
}

/** An entry is a host, with or without scheme, port and path. */
function isAllowed(url: URL, entry: string, allowSubdomains: boolean): boolean {
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(entry)
  if (!URL.canParse(hasScheme ? entry : `https://${entry}`)) return false
  const allowed = new URL(hasScheme ? entry : `https://${entry}`)
  if (hasScheme && allowed.protocol !== url.protocol) return false
  if (allowed.port && allowed.port !== url.port) return false
  const host = url.hostname.replace(/^www\./, '')
  const wanted = allowed.hostname.replace(/^www\./, '')
  if (host !== wanted && !(allowSubdomains && host.endsWith(`.${wanted}`))) return false
  const path = allowed.pathname.replace(/\/$/, '')
  return path === '' || url.pathname === path || url.pathname.startsWith(`${path}/`)
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : []
