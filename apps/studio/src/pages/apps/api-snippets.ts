import type { AdminApp } from '@parley/protocol/admin'
import type { Snippet } from './embed-snippets.js'

/** The first question to an app, from a server with its key, in three languages. */
export function apiSnippets({ agent, code }: Pick<AdminApp, 'agent' | 'code'>, base: string): Snippet[] {
  const { inputs: form = [], mode } = code ?? agent ?? {}
  const inputs = Object.fromEntries(form.filter(isAsked).map((field) => [field.variable, sampleOf(field)]))
  const isWriter = mode === 'completion'
  const url = `${base}/${isWriter ? 'completion-messages' : 'chat-messages'}`
  const body = { inputs, ...(!isWriter && { query: 'Hello' }), response_mode: 'blocking', user: 'ID_OF_YOUR_USER' }
  const about = isWriter
    ? 'Writes one text from its inputs. With "response_mode": "streaming" it comes as it is written.'
    : 'Answers with a conversation_id: send it along to go on. With "response_mode": "streaming" the answer comes as it is written.'
  return [
    { name: 'curl', about, code: curl(url, body) },
    { name: 'JavaScript', about, code: javaScript(url, body) },
    { name: 'Python', about, code: python(url, body) },
  ]
}

type Field = NonNullable<NonNullable<AdminApp['agent']>['inputs']>[number]

const isAsked = ({ required }: Field) => required

const SAMPLES: Record<Field['type'], unknown> = {
  'text-input': 'Text',
  paragraph: 'Text',
  select: 'Text',
  number: 1,
  checkbox: true,
  file: { type: 'document', transfer_method: 'remote_url', url: 'https://example.com/file.pdf' },
  'file-list': [{ type: 'document', transfer_method: 'remote_url', url: 'https://example.com/file.pdf' }],
  json_object: {},
}
const sampleOf = (field: Field): unknown => (field.type === 'select' ? field.options[0] : SAMPLES[field.type])

/** A quote inside the quotes of a shell ends them, stands alone, and begins them anew. */
const curl = (url: string, body: object) => `curl -X POST '${url}' \\
  -H "Authorization: Bearer $PARLEY_APP_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body, null, 2).replaceAll("'", `'"'"'`)}'`

const javaScript = (url: string, body: object) => `const response = await fetch('${url}', {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.PARLEY_APP_KEY}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify(${indented(JSON.stringify(body, null, 2), 2)}),
})
const { answer } = await response.json()
console.log(answer)`

const python = (url: string, body: object) => `import os
import requests

response = requests.post(
    '${url}',
    headers={'Authorization': f"Bearer {os.environ['PARLEY_APP_KEY']}"},
    json=${indented(pythonValue(body), 4)},
)
response.raise_for_status()
print(response.json()['answer'])`

/** JSON is Python but for three words, which stand outside quotes. */
const pythonValue = (value: object): string =>
  JSON.stringify(value, null, 4).replace(/"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b/g, (word) => WORDS[word] ?? word)
const WORDS: Record<string, string> = { true: 'True', false: 'False', null: 'None' }

const indented = (text: string, spaces: number): string => text.replaceAll('\n', `\n${' '.repeat(spaces)}`)
