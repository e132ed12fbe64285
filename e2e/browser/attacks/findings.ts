import type { Locator } from 'playwright-core'

/** What must not be in the chat, whatever it was sent. One sentence for each thing found. */
export function findIn(body: Locator): Promise<string[]> {
  return body.evaluate((chat) => {
    const found: string[] = []
    const isSeen = (text: string | null) => /[^\p{DI}\p{Z}\p{C}\u2800]/u.test(text ?? '')
    const say = (element: Element) => element.outerHTML.slice(0, 200)

    if ('pwned' in window) found.push('code was run')
    for (const element of chat.querySelectorAll('script, style, object, embed, base, meta, link')) {
      found.push(`an element that nobody made: ${say(element)}`)
    }
    for (const element of chat.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(`a handler in the page: ${say(element)}`)
        if (
          /^(href|src|action|formaction|srcset|poster)$/i.test(name) &&
          /^\s*(javascript|vbscript|file):/i.test(value)
        ) {
          found.push(`an address that is code: ${say(element)}`)
        }
      }
    }
    for (const frame of chat.querySelectorAll('iframe')) {
      if (frame.getAttribute('sandbox') !== 'allow-scripts allow-forms')
        found.push(`a frame without a sandbox: ${say(frame)}`)
    }
    for (const link of chat.querySelectorAll('a')) {
      if (!/^(https?|mailto|chatkit-link):/.test(link.href)) found.push(`a link to nowhere: ${say(link)}`)
      if (!isSeen(link.textContent)) found.push(`a link that cannot be seen: ${say(link)}`)
      const names = /(?:bank\.example|example\.com)/.exec(link.textContent ?? '')
      const told = `${link.textContent} ${link.nextSibling?.textContent} ${link.title}`
      if (names && new URL(link.href).host !== names[0] && !told.includes(new URL(link.href).host)) {
        found.push(`a link that says it leads elsewhere: ${say(link)}`)
      }
    }
    if (/[\u202a-\u202e]/.test(chat.textContent ?? '')) found.push('text that turns others around')
    for (const element of chat.querySelectorAll('[title], [aria-label], [alt], [placeholder]')) {
      if (/[\u202a-\u202e]/.test(say(element))) found.push(`words that turn others around: ${say(element)}`)
    }

    if (document.documentElement.scrollWidth > innerWidth) found.push('the chat is wider than its window')
    const composer = chat.querySelector('.chat-foot textarea[aria-label=Message]')
    const foot = chat.querySelector('.chat-foot')?.getBoundingClientRect()
    if (foot && foot.bottom > innerHeight + 1) found.push('the foot of the chat is pushed out of its window')
    const box = composer?.getBoundingClientRect()
    const middle = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    const isReachable = composer && middle && (composer.contains(middle) || middle.contains(composer))
    if (composer && !isReachable) found.push(`the composer is covered by ${middle ? say(middle) : 'nothing'}`)
    for (const element of chat.querySelectorAll('[role=log] *')) {
      const { position } = getComputedStyle(element)
      if (position === 'fixed') found.push(`something that stands over everything: ${say(element)}`)
    }
    return found
  })
}
