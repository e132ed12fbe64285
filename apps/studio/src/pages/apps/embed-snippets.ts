import type { AdminApp } from '@parley/protocol/admin'
import { startOptions } from './start-options.js'

/** A piece of code to copy. */
export interface Snippet {
  name: string
  about: string
  code: string
}

/** How an app gets into a page: the page, and the server that says who is chatting. */
export const embedSnippets = (
  { id, presentation }: Pick<AdminApp, 'id' | 'presentation'>,
  server: string,
): Snippet[] => [
  {
    name: 'Your page',
    about: 'Paste it where the chat should stand. Your own server says who is chatting.',
    code: `<script src="${server}/chatkit.js"></script>

<openai-chatkit id="chat" style="height: 600px"></openai-chatkit>

<script>
  document.getElementById('chat').setOptions({
    api: {
      async getClientSecret() {
        const response = await fetch('/chat-session', { method: 'POST' })
        return (await response.json()).client_secret
      },
    },${startLines(presentation)}
  })
</script>`,
  },
  {
    name: 'Your server',
    about:
      'Answers /chat-session for whoever has signed in there. Create the key under Keys and keep it on the server.',
    code: `const response = await fetch('${server}/v1/chatkit/sessions', {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.PARLEY_API_KEY}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({ user: 'ID_OF_YOUR_USER', workflow: { id: ${JSON.stringify(id)} } }),
})
const { client_secret } = await response.json()`,
  },
  {
    name: 'On your own machine',
    about: 'In development mode no server is needed.',
    code: `<script src="${server}/chatkit.js"></script>

<openai-chatkit id="chat" style="height: 600px"></openai-chatkit>

<script>
  document.getElementById('chat').setOptions({
    api: { url: '${server}/api/chatkit/${encodeURIComponent(id)}' },${startLines(presentation)}
  })
</script>`,
  },
]

/** The greeting and the questions, as further options; `</` would end the page's script. */
const startLines = (presentation: AdminApp['presentation']): string =>
  Object.entries(startOptions(presentation))
    .map(([name, value]) => `\n    ${name}: ${indented(JSON.stringify(value, null, 2).replaceAll('</', '<\\/'))},`)
    .join('')

const indented = (text: string) => text.replaceAll('\n', '\n    ')
