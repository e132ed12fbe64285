// What every page of these examples has to do: show the chat, talk, say which thread it is, and follow a changed option.
import { inChromium, startParley, talk } from './in-chromium.mjs'

/** Builds the Vite app in `root` and looks at it in Chromium. Throws at the first thing that is wrong. */
export async function checkPage(root) {
  const { build, preview } = await import('vite')
  const parley = await startParley()
  process.env.VITE_PARLEY = parley.url
  await build({ root, logLevel: 'error' })
  const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 4173 } })
  try {
    await inChromium(server.resolvedUrls.local[0], async ({ page, chat }) => {
      await chat.getByText('How can I help?').waitFor()
      await talk(chat)
      await page.getByText(/Thread thr_/).waitFor()
      await page.getByLabel('Dark').check()
      await chat.locator('html[data-scheme=dark]').waitFor()
      await chat.getByRole('article', { name: 'Assistant' }).waitFor()
    })
  } finally {
    await server.close()
    await parley.close()
  }
}
