import { mediaTypeOf } from './media-types.js'
import type { SampleRequest } from './sample-request.js'

/** The request for Node and, but for the secret and files, for browsers. */
export function javaScriptSnippet(request: SampleRequest): string {
  const { form, file } = request
  const reads = form || file !== undefined ? ['import { readFile } from "node:fs/promises"', ''] : []
  return [...reads, ...formLines(form), ...fetchLines(request), ...ENDINGS[request.answer]].join('\n')
}

function fetchLines({ method, url, secret, body, form, file }: SampleRequest): string[] {
  const headers = [
    ...(secret === undefined ? [] : [`Authorization: \`Bearer \${process.env.${secret}}\``]),
    ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
    ...(file === undefined ? [] : ['"Content-Type": "application/octet-stream"']),
  ]
  const options = [
    ...(method === 'GET' ? [] : [`method: "${method}"`]),
    ...(headers.length === 0 ? [] : [`headers: {\n${headers.map((header) => `    ${header},\n`).join('')}  }`]),
    ...(body === undefined ? [] : [`body: JSON.stringify(${indented(JSON.stringify(body, null, 2))})`]),
    ...(form ? ['body: form'] : []),
    ...(file === undefined ? [] : [`body: await readFile(${JSON.stringify(file)})`]),
  ]
  const given = options.length === 0 ? '' : `, {\n${options.map((option) => `  ${option},\n`).join('')}}`
  return [
    `const response = await fetch(${JSON.stringify(url)}${given})`,
    'if (!response.ok) throw new Error(await response.text())',
  ]
}

function formLines(form: SampleRequest['form']): string[] {
  if (!form) return []
  const fields = Object.entries(form).map(([name, value]) => {
    if (!value.startsWith('@')) return `form.append(${JSON.stringify(name)}, ${JSON.stringify(value)})`
    const file = value.slice(1)
    const blob = `new Blob([await readFile(${JSON.stringify(file)})], { type: ${JSON.stringify(mediaTypeOf(file))} })`
    return `form.append(${JSON.stringify(name)}, ${blob}, ${JSON.stringify(file)})`
  })
  return ['const form = new FormData()', ...fields]
}

const indented = (text: string) => text.replaceAll('\n', '\n  ')

const ENDINGS: Record<SampleRequest['answer'], string[]> = {
  json: ['console.log(await response.json())'],
  stream: [
    'for await (const text of response.body.pipeThrough(new TextDecoderStream())) {',
    '  console.log(text)',
    '}',
  ],
  file: ['console.log(await response.blob())'],
  nothing: [],
}
