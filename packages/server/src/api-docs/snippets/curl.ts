import { mediaTypeOf } from './media-types.js'
import type { SampleRequest } from './sample-request.js'

/** The request for a shell. */
export function curlSnippet({ method, url, secret, body, form, file, answer }: SampleRequest): string {
  const sends = body !== undefined || form !== undefined || file !== undefined
  const words = [
    `curl${answer === 'stream' ? ' -N' : ''}${method === (sends ? 'POST' : 'GET') ? '' : ` -X ${method}`} ${quoted(url)}`,
    ...(secret === undefined ? [] : [`-H "Authorization: Bearer $${secret}"`]),
    ...(body === undefined
      ? []
      : [
          '-H "Content-Type: application/json"',
          `-d ${quoted(JSON.stringify(body, null, 2)).replaceAll('\n', '\n  ')}`,
        ]),
    ...Object.entries(form ?? {}).map(([name, value]) => `-F ${quoted(`${name}=${value}${typeOf(value)}`)}`),
    ...(file === undefined ? [] : ['-H "Content-Type: application/octet-stream"', `--data-binary @${file}`]),
    ...(answer === 'file' ? ['-o answer'] : []),
  ]
  return words.join(' \\\n  ')
}

/** Of a file; curl itself knows few. */
const typeOf = (value: string) => (value.startsWith('@') ? `;type=${mediaTypeOf(value)}` : '')

/** In single quotes, which keep everything but themselves as it is. */
const quoted = (text: string) => (/^[\w:/.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
