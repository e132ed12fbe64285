// Installs Next.js into this folder when it is missing, starts it, talks to the route and to both pages: node check.js
import { fileURLToPath } from 'node:url'
import { checkConversation } from '../check-conversation.mjs'
import { inChromium, startParley, talk } from '../in-chromium.mjs'
import { ensureInstalled, listenForNext, runCheck } from '../in-next.mjs'

const dir = fileURLToPath(new URL('.', import.meta.url))
ensureInstalled(dir)
const parley = await startParley()
await runCheck(async () => {
  try {
    process.env.NEXT_PUBLIC_PARLEY_URL = parley.url
    const app = await listenForNext(dir)
    await app.serve(['/', '/parley'])
    await checkConversation(`${app.url}/api/chatkit`)
    for (const path of ['/', '/parley']) {
      await inChromium(app.url + path, async ({ page, chat }) => {
        await chat.getByText('How can I help?').waitFor()
        await talk(chat, 'Hello')
        await chat.getByRole('log').getByText('You wrote: Hello').waitFor()
        await page.getByRole('button', { name: 'Dark' }).click()
        await chat.locator('html[data-scheme=dark]').waitFor()
        await chat.getByRole('log').getByText('You wrote: Hello').waitFor()
      })
    }
    console.log('The route and both pages work under Next.js.')
  } finally {
    await parley.close()
  }
})
