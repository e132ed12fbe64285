import type { FoundPlace } from '../store/state.js'

/** Brings a message that was searched for into view, at the word, and gives it the focus. Answers whether it is there. */
export function showFound(thread: HTMLElement, { itemId, word }: FoundPlace): boolean {
  const messages = [...thread.querySelectorAll<HTMLElement>('[data-item]')]
  const message = messages.find(({ dataset }) => dataset.item === itemId)
  if (!message) return false
  message.tabIndex = -1
  message.focus({ preventScroll: true })
  const place = placeOf(word, message)
  place.scrollIntoView({ block: place === message ? 'start' : 'center' })
  return true
}

/** The element around the first text that holds the word; the message itself where no single text does. */
function placeOf(word: string, message: HTMLElement): Element {
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT)
  while (word !== '' && texts.nextNode()) {
    if (texts.currentNode.nodeValue?.includes(word)) return texts.currentNode.parentElement ?? message
  }
  return message
}
