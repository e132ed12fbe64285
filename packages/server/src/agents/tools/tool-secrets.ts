/** Keys and tokens that tools send and models never see. Each is for one host: another one does not get it. */
export interface ToolSecrets {
  /** `host` with its port, as it stands in the address. */
  find(name: string, host: string): string | undefined
}

/** @param entries `NAME@host=value` each; `*.example.com` is every host below. */
export function toolSecrets(entries: readonly string[]): ToolSecrets {
  const secrets = entries.flatMap((entry) => {
    const { name, host, value } = PATTERN.exec(entry)?.groups ?? {}
    return name && host && value ? [{ name, host: host.toLowerCase(), value }] : []
  })
  const fits = (allowed: string, host: string) =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed
  return {
    find: (name, host) =>
      secrets.find((secret) => secret.name === name && fits(secret.host, host.toLowerCase()))?.value,
  }
}

const PATTERN = /^(?<name>\w+)@(?<host>(?:\*\.)?[\w.:[\]-]+)=(?<value>.+)$/
