// Starts the shop beside a Parley and uses everything a person can: node check.js
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { inChromium, startParley, talk } from '../in-chromium.mjs'

const parley = await startParley()
const env = { ...process.env, PARLEY_URL: parley.url, PORT: '0' }
const shop = spawn(process.execPath, [`${import.meta.dirname}/server.js`], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line] = await once(shop.stdout.setEncoding('utf8'), 'data')

try {
  await inChromium(/http:\S+/.exec(line)[0], async ({ page, chat }) => {
    await chat.getByText('Welcome to the shop').waitFor()

    // A client tool switches the theme of page and chat; the header button switches it back.
    await chat.getByRole('button', { name: 'Make it dark' }).click()
    await chat.getByRole('log').getByText('Done: the page is dark now.').waitFor()
    await chat.locator('html[data-scheme=dark]').waitFor()
    await chat.getByRole('button', { name: 'light mode' }).click()
    await page.locator('html[data-theme=light]').waitFor()
    await chat.getByRole('log').getByText('Done: the page is dark now.').waitFor()

    // The model the person picks answers.
    await chat.getByRole('button', { name: /Model: Quick/ }).click()
    await chat.getByRole('menuitemradio', { name: /Thorough/ }).click()
    await talk(chat, 'Hello')
    await chat.getByRole('log').getByText('Answered by the thorough model.').waitFor()

    // An order, named with @, comes back as a widget.
    await chat.getByRole('button', { name: 'Mention' }).click()
    await page.keyboard.type('1299')
    await chat.getByRole('option', { name: 'Order 1299' }).click()
    await page.keyboard.press('Enter')
    await chat.getByRole('button', { name: 'Show on the page' }).click()
    await page.getByText('You are looking at order 1299.').waitFor()
    await chat.getByRole('button', { name: 'Cancel order' }).click()
    await chat.getByRole('log').getByText('Order 1299 is cancelled.').waitFor()
    await chat.locator('.widget').getByText('cancelled').waitFor()
    assert.equal(await chat.getByRole('button', { name: 'Cancel order' }).count(), 0)
  })
} finally {
  shop.kill('SIGTERM')
  await parley.close()
}
