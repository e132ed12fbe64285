import { randomHex } from '../base/random-id.js'
import { SettingsError } from '../node/settings.js'
import type { CommandInput } from './command.js'
import { speakOverStdio } from './mcp-stdio.js'
import { openLog } from './open-log.js'
import { serve } from './serve.js'
import { WEB_FOLDER } from './web-folder.js'

const GRACE_MS = 2_000

/** `parley mcp`: the apps as tools over standard input and output, of a running server or of one of its own. */
export async function runMcp({ settings, flags }: CommandInput): Promise<undefined> {
  const write = (line: string) => void process.stdout.write(`${line}\n`)
  const { input } = { input: process.stdin }
  if (flags.server !== undefined) {
    await speakOverStdio({ input, write, post: postTo(addressOf(flags.server), settings.apiKey) })
    return undefined
  }
  const apiKey = settings.apiKey ?? `sk-parley-${randomHex(24)}`
  const own = { ...settings, host: '127.0.0.1', port: 0, apiKey }
  const served = await serve(
    own,
    WEB_FOLDER,
    openLog(own, (line) => process.stderr.write(line)),
  )
  try {
    await speakOverStdio({ input, write, post: postTo(`${served.url}/mcp`, apiKey) })
  } finally {
    await served.close(GRACE_MS)
  }
  return undefined
}

const postTo = (address: string, apiKey: string | undefined) => (body: string, headers: Record<string, string>) =>
  fetch(address, {
    method: 'POST',
    body,
    headers: { ...headers, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) },
  })

/** A server's own address is as good as that of its tools. */
function addressOf(server: string): string {
  if (!URL.canParse(server) || !/^https?:/.test(server))
    throw new SettingsError([`--server must be a full address, for example http://localhost:8787. It is: ${server}`])
  const url = new URL(server)
  if (url.pathname === '/') url.pathname = '/mcp'
  return url.href
}
