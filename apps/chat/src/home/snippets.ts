/** A piece of code to copy, made for the server the page came from. */
export interface Snippet {
  id: string
  title: string
  hint: string
  code: string
}

export function createSnippets(server: string): Snippet[] {
  return [
    {
      id: 'html',
      title: 'Plain HTML',
      hint: 'Paste it where the chat should stand. The box decides its size.',
      code: `<script src="${server}/chatkit.js"></script>

<openai-chatkit id="chat" style="height: 600px"></openai-chatkit>

<script>
  document.getElementById('chat').setOptions({
    api: { url: '${server}/api/chatkit' },
  })
</script>`,
    },
    {
      id: 'react',
      title: 'React',
      hint: 'npm install @openai/chatkit-react, and load the script once in your page.',
      code: `// In the page: <script src="${server}/chatkit.js"></script>
import { ChatKit, useChatKit } from '@openai/chatkit-react'

export function Chat() {
  const { control } = useChatKit({
    api: { url: '${server}/api/chatkit', domainKey: 'local' },
  })
  return <ChatKit control={control} style={{ height: 600 }} />
}`,
    },
  ]
}
