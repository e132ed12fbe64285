/** Keys and tokens that tools send and models never see. Each is for one host: another one does not get it. */
export interface ToolSecrets {
  /** `host` with its port, as it stands in the address. */
  find(name: string, host: string): string | undefined | Promise<string | undefined>
}

/** @param entries `NAME@host=value` each; `*.example.com` is every host below. */
export function toolSecrets(entries: readonly string[]): ToolSecrets {
  const secrets = entries.flatMap((entry) => {
    const { name, host, value } = PATTERN.exec(entry)?.groups ?? {}
    return name && host && value ? [{ name, host, value }] : []
  })
  return { find: (name, host) => secrets.find((secret) => secret.name === name && hostFits(secret.host, host))?.value }
}

const PATTERN = /^(?<name>\w+)@(?<host>(?:\*\.)?[\w.:[\]-]+)=(?<value>.+)$/

/** Whether a secret for `allowed` may go to the host. */
export function hostFits(allowed: string, host: string): boolean {
  const [place, asked] = [allowed.toLowerCase(), host.toLowerCase()]
  return place.startsWith('*.') ? asked.endsWith(place.slice(1)) : asked === place
}

/** Headers as they are sent. */
export interface FilledHeaders {
  values: Record<string, string>
  /** What of them nobody may read. */
  secretValues: string[]
}

/** Puts secrets where headers name them: `Bearer {{ORDERS_KEY}}`. @returns what is missing, in words, or the headers */
export async function fillHeaders(
  headers: Record<string, string>,
  { host, secrets }: { host: string; secrets: ToolSecrets | undefined },
): Promise<FilledHeaders | { missing: string }> {
  const found = new Map<string, string>()
  for (const name of namesIn(headers)) {
    const value = await secrets?.find(name, host)
    if (value === undefined) return { missing: `there is no secret ${name} for ${host}` }
    found.set(name, value)
  }
  const values = Object.entries(headers).map(([header, value]) => [
    header,
    value.replace(GAP, (_, name: string) => found.get(name) ?? ''),
  ])
  return { values: Object.fromEntries(values), secretValues: [...found.values()] }
}

/** The names of all secrets that headers name. */
const namesIn = (headers: Record<string, string>): string[] => [
  ...new Set(Object.values(headers).flatMap((value) => [...value.matchAll(GAP)].map(([, name = '']) => name))),
]

const GAP = /\{\{\s*(\w+)\s*\}\}/g
