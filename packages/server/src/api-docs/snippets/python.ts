import { mediaTypeOf } from './media-types.js'
import type { SampleRequest } from './sample-request.js'

/** The request for Python, with nothing to install. */
export function pythonSnippet(request: SampleRequest): string {
  const { secret, body, form, file } = request
  const modules = [
    ...(body === undefined && request.answer !== 'json' ? [] : ['json']),
    ...(secret === undefined ? [] : ['os']),
    ...(form ? ['uuid'] : []),
    'urllib.request',
  ]
  return [
    ...modules.map((name) => `import ${name}`),
    '',
    ...bodyLines(body),
    ...formLines(form),
    ...(file === undefined ? [] : [`data = open(${JSON.stringify(file)}, "rb").read()`]),
    ...requestLines(request),
    'with urllib.request.urlopen(request) as response:',
    ...ENDINGS[request.answer].map((line) => `    ${line}`),
  ].join('\n')
}

function bodyLines(body: unknown): string[] {
  return body === undefined ? [] : [`data = json.dumps(${literal(body)}).encode()`]
}

/** A form as it is on the wire; the standard library has no words for it. */
function formLines(form: SampleRequest['form']): string[] {
  if (!form) return []
  const parts = Object.entries(form).flatMap(([name, value]) => {
    const file = value.startsWith('@') ? value.slice(1) : undefined
    const head = `Content-Disposition: form-data; name="${name}"`
    const begin = (text: string) => `    ("--" + boundary + ${escaped(`\r\n${text}\r\n`)}).encode(),`
    if (file === undefined) return [begin(`${head}\r\n\r\n${value}`)]
    return [
      begin(`${head}; filename="${file}"\r\nContent-Type: ${mediaTypeOf(file)}\r\n`),
      `    open(${JSON.stringify(file)}, "rb").read(),`,
      '    b"\\r\\n",',
    ]
  })
  return [
    'boundary = uuid.uuid4().hex',
    'data = b"".join([',
    ...parts,
    '    ("--" + boundary + "--\\r\\n").encode(),',
    '])',
  ]
}

/** A text in single quotes, as Python reads it. */
const escaped = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\r', '\\r').replaceAll('\n', '\\n')}'`

function requestLines({ method, url, secret, body, form, file }: SampleRequest): string[] {
  const headers = [
    ...(secret === undefined ? [] : [`"Authorization": "Bearer " + os.environ["${secret}"]`]),
    ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
    ...(form ? ['"Content-Type": "multipart/form-data; boundary=" + boundary'] : []),
    ...(file === undefined ? [] : ['"Content-Type": "application/octet-stream"']),
  ]
  const options = [
    JSON.stringify(url),
    ...(body === undefined && !form && file === undefined ? [] : ['data=data']),
    ...(headers.length === 0 ? [] : [`headers={\n${headers.map((header) => `        ${header},\n`).join('')}    }`]),
    `method="${method}"`,
  ]
  return ['request = urllib.request.Request(', ...options.map((option) => `    ${option},`), ')']
}

const ENDINGS: Record<SampleRequest['answer'], string[]> = {
  json: ['print(json.load(response))'],
  stream: ['for line in response:', '    print(line.decode(), end="")'],
  file: ['open("answer", "wb").write(response.read())'],
  nothing: ['print(response.status)'],
}

/** JSON in Python's words. */
function literal(value: unknown, indent = ''): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  const inner = `${indent}    `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((entry) => `${inner}${literal(entry, inner)},\n`).join('')}${indent}]`
  }
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value as object)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([name, entry]) => `${inner}${JSON.stringify(name)}: ${literal(entry, inner)},\n`).join('')}${indent}}`
}
