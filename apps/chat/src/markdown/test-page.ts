/** A page for the tests of this folder, and its content as plain HTML text to compare with. */
import { Window } from 'happy-dom'

const { document } = new Window()

/** An empty element. */
export function testContainer(): HTMLElement {
  // happy-dom's nodes are the DOM's as far as this renderer uses them; its types are declared apart from lib.dom.
  return document.createElement('div') as unknown as HTMLElement
}

/** Tags, attributes in order of name, text; adjacent text nodes count as one. */
export function toHtml(node: Node): string {
  let html = ''
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === 3) html += escapeText(child.nodeValue ?? '')
    else html += elementHtml(child as Element) // only elements and text are ever made
  }
  return html
}

function elementHtml(element: Element): string {
  const name = element.localName
  const attributes = Array.from(element.attributes, ({ name: key, value }) => ` ${key}="${escapeText(value)}"`).sort()
  const isVoid = name === 'br' || name === 'hr' || name === 'img' || name === 'input'
  return `<${name}${attributes.join('')}>${isVoid ? '' : `${toHtml(element)}</${name}>`}`
}

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
