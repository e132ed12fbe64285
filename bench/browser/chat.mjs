// The three pages that are measured, each with the same thread and the same answer: Parley, deep-chat, and the floor.
import { setTimeout as wait } from 'node:timers/promises'
import { clients } from '../clients.mjs'
import { openBarePage } from './bare-page.mjs'

const SETTLE_MS = 1000

/** `url`: of the page with Parley on it; `other`: of the host with the two others. */
export function createPages(browser, { url, other, viewport }) {
  const threads = new Map()

  /** A thread of `messages` short messages; written once, answered in `long` once per measurement. */
  async function writeThread(messages) {
    const conversation = {}
    for (let at = 0; at < messages; at += 2) {
      const body = clients.chatkit.body(conversation, `Question ${at / 2 + 1}: is it in order?`)
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      clients.chatkit.learn(conversation, await (await fetch(`${url}/api/chatkit`, init)).text())
    }
    return conversation.threadId ?? ''
  }

  async function addressOf(messages) {
    if (!threads.has(messages)) threads.set(messages, await writeThread(messages))
    return `${url}/bench#${threads.get(messages)}`
  }

  return {
    /** The first screen of a thread: what a person waits for. */
    async open(name, messages, options = {}) {
      const address = name === 'parley' ? await addressOf(messages) : `${other}/peer/index.html?messages=${messages}`
      return openBarePage(browser, address, { ...viewport, ...options })
    },
    /** A thread of its own with every message on the screen once, then its end, and the cursor in the composer. */
    async openWhole(name, messages) {
      if (name === 'floor') {
        const page = await openBarePage(browser, `${other}/floor`, viewport)
        await wait(SETTLE_MS)
        return { page, start: (question) => page.evaluate((text) => void globalThis.start(text), question) }
      }
      if (name === 'deep-chat') {
        const page = await this.open(name, messages)
        await wait(SETTLE_MS)
        return { page, start: (question) => page.evaluate((text) => void globalThis.start(text), question) }
      }
      const page = await openBarePage(browser, `${url}/bench#${await writeThread(messages)}`, viewport)
      await page.evaluate(scrollThrough, messages)
      return {
        page,
        async start(question) {
          await page.type(question)
          await page.pressEnter()
        },
      }
    },
  }
}

/** Runs in the page. */
async function scrollThrough(messages) {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 20))
  const find = (selector) => globalThis.chatFrame?.()?.document?.querySelectorAll(selector) ?? []
  for (let tries = 0; find('.user-message').length < messages / 2 || find('textarea').length === 0; tries++) {
    if (tries > 12_000) throw new Error(`only ${find('.user-message').length} questions came on the screen`)
    find('.thread')[0]?.scrollTo(0, 0)
    await soon()
  }
  find('.thread')[0]?.scrollTo(0, find('.thread')[0].scrollHeight)
  find('textarea')[0].focus()
}
