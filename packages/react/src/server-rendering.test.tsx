import { version } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { ChatKit, loadChatKit, useChatKit } from './index.js'

function Shop() {
  const { control } = useChatKit({ src: 'https://chat.example.com', api: { url: '/api/chatkit' } })
  return <ChatKit control={control} className="wide" style={{ height: 400 }} />
}

function Help() {
  const { session, isLoading } = useChatKit({ workflowId: 'wf_1', getClientSecret: async () => 'secret' })
  return (
    <>
      {isLoading && <p>One moment</p>}
      <ChatKit session={session} placeholder="Ask" />
    </>
  )
}

it('A17: a server draws the empty box, asks nothing and complains about nothing', async () => {
  const complain = vi.spyOn(console, 'error').mockReturnValue()

  expect(typeof document).toBe('undefined')
  expect(renderToString(<Shop />)).toBe('<openai-chatkit style="height:400px" class="wide"></openai-chatkit>')
  expect(renderToString(<Help />)).toBe('<p>One moment</p><openai-chatkit></openai-chatkit>')
  await loadChatKit('https://chat.example.com')

  expect(complain).not.toHaveBeenCalled()
})

it('is tested here on the oldest React it promises; the browser tests run on the newest', () => {
  expect(version).toMatch(/^18\./)
})
