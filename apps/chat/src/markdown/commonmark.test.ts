/** The examples of the CommonMark specification, as they look at the end of a stream. */
import { tests } from 'commonmark-spec'
import { describe, expect, it } from 'vitest'
import type { LinkPolicy } from './link-policy.js'
import { contextFor, startMarkdown } from './stream.js'
import { escapeText, testContainer } from './test-page.js'

const RAW_HTML_SECTIONS = ['HTML blocks', 'Raw HTML']

/** Examples we mean to show otherwise. An entry that no longer differs fails. */
const DIFFERENCES: Record<number, string> = {
  ...because('raw HTML is text', [21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 523, 524, 536, 642, 643]),
  ...because('rare entity names stay as typed', [25]),
  ...because('a link without text shows its target', [484]),
  ...because('GFM links bare URLs and mail addresses', [602, 606, 608, 611, 612]),
}

function because(reason: string, examples: number[]): Record<number, string> {
  return Object.fromEntries(examples.map((example) => [example, reason]))
}

/** The specification allows every target; the chat's own policy has its own tests. */
const anyTarget: LinkPolicy = (destination) => ({ kind: 'web', href: encodeTarget(destination) })

function render(markdown: string): string {
  const container = testContainer()
  const context = contextFor(container.ownerDocument, { allowImage: () => true })
  const stream = startMarkdown(container, { ...context, links: { ...context.links, policy: anyTarget } })
  stream.push(markdown)
  stream.end()
  return specHtml(container)
}

/** Our page in the specification's words: no code block frame, no `<p>` in tight lists, no notes beside links. */
function specHtml(node: Node): string {
  let html = ''
  for (let child = node.firstChild; child; child = child.nextSibling) {
    html += child.nodeType === 3 ? escapeText(child.nodeValue ?? '') : specElement(child as Element)
  }
  return html
}

function specElement(element: Element): string {
  const name = element.localName
  const attribute = (key: string) => {
    const value = element.getAttribute(key)
    return value === null ? '' : ` ${key}="${escapeText(value)}"`
  }
  if (name === 'figure') {
    const code = element.querySelector('code') as Element
    return `<pre><code${code.className ? ` class="${escapeText(code.className)}"` : ''}>${specHtml(code)}</code></pre>`
  }
  if (
    name === 'p' &&
    element.parentElement?.localName === 'li' &&
    !element.parentElement.parentElement?.hasAttribute('data-loose')
  ) {
    return specHtml(element)
  }
  if (element.className === 'md-link-host') return ''
  if (name === 'a') {
    const [, ...title] = (element.getAttribute('title') ?? '').split('\n')
    const titleText = title.length > 0 ? ` title="${escapeText(title.join('\n'))}"` : ''
    return `<a${attribute('href')}${titleText}>${specHtml(element)}</a>`
  }
  if (name === 'img') return `<img${attribute('src')}${attribute('alt')}${attribute('title')} />`
  if (name === 'br' || name === 'hr') return `<${name} />`
  return `<${name}${attribute('start')}>${specHtml(element)}</${name}>`
}

const BLOCK_TAGS = /\s*(<\/?(?:p|ul|ol|li|blockquote|h\d|pre|hr)\b[^>]*>)\s*/g
const withoutBlockSpace = (html: string): string =>
  html
    .replaceAll('<br />\n', '<br />')
    .split(/(<pre><code[\s\S]*?<\/code><\/pre>)/)
    .map((part) => (part.startsWith('<pre>') ? part : part.replace(BLOCK_TAGS, '$1').trim()))
    .join('')

/** As the reference implementation writes targets. */
function encodeTarget(destination: string): string {
  return destination.replace(/%[0-9a-fA-F]{2}|[^\w\-.~:/?#@!$&'()*+,;=]/gu, (part) =>
    part.length === 3 && part.startsWith('%') ? part : encodeURIComponent(part),
  )
}

describe('CommonMark examples', () => {
  const examples = tests.filter(({ section }) => !RAW_HTML_SECTIONS.includes(section))
  for (const { number, section, markdown, html } of examples) {
    const source = markdown.replaceAll('→', '\t')
    const expected = withoutBlockSpace(html.replaceAll('→', '\t'))
    const reason = DIFFERENCES[number]
    if (reason) {
      it(`${number} ${section}: differs, ${reason}`, () => expect(withoutBlockSpace(render(source))).not.toBe(expected))
    } else {
      it(`${number} ${section}`, () => expect(withoutBlockSpace(render(source))).toBe(expected))
    }
  }
})
