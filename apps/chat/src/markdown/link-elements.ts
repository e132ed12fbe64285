/** The elements a link or image becomes. Whatever happens, the reader can see where it leads. */
import type { Target } from './link-parts.js'
import { isVisible, type LinkPolicy, looksLikeOtherPlace, targetName } from './link-policy.js'

export interface LinkOptions {
  policy: LinkPolicy
  onDeepLink?: (url: string) => void
  allowImage?: (url: string) => boolean
  loadImage?: (url: string) => Promise<string>
}

/** Moves `content` (siblings, all in one parent) into a link standing in their place; a refused target stays text. */
export function linkAround(anchor: Text, target: Target, options: LinkOptions): Element {
  const verdict = options.policy(target.destination)
  const link = anchor.ownerDocument.createElement(verdict.kind === 'refused' ? 'span' : 'a')
  for (let node = anchor.nextSibling; node; node = anchor.nextSibling) link.appendChild(node)
  anchor.replaceWith(link)
  if (verdict.kind === 'refused') return refused(link, target)
  fillAttributes(link, verdict.href, target.title)
  if (verdict.kind === 'deep') listen(link, verdict.href, options)
  const text = link.textContent ?? ''
  if (!isVisible(text) && !link.querySelector('img')) link.append(verdict.href)
  else if (verdict.kind === 'web' && looksLikeOtherPlace(text, verdict.href)) link.after(hostNote(link, verdict.href))
  return link
}

/** The link of an autolink, whose text is its target; null when the policy refuses it. */
export function plainLink(document: Document, destination: string, options: LinkOptions): HTMLAnchorElement | null {
  const verdict = options.policy(destination)
  if (verdict.kind === 'refused') return null
  const link = document.createElement('a')
  fillAttributes(link, verdict.href, '')
  if (verdict.kind === 'deep') listen(link, verdict.href, options)
  return link
}

/** Replaces the description after `anchor` by the image, or by a link to it when the image may not be loaded. */
export function imageAround(anchor: Text, target: Target, options: LinkOptions): Element {
  const verdict = options.policy(target.destination)
  if (verdict.kind === 'web' && options.allowImage?.(verdict.href))
    return imageElement(anchor, { href: verdict.href, title: target.title }, options)
  for (let node = anchor.nextSibling; node; node = node.nextSibling) if (isElement(node, 'a')) withoutLink(node)
  const link = linkAround(anchor, target, options)
  link.className = 'md-image'
  if (verdict.kind === 'web' && !isHostNote(link.nextSibling) && link.textContent !== verdict.href) {
    link.after(hostNote(link, verdict.href))
  }
  return link
}

function imageElement(anchor: Text, { href, title }: { href: string; title: string }, options: LinkOptions): Element {
  const image = anchor.ownerDocument.createElement('img')
  let description = ''
  for (let node = anchor.nextSibling; node; node = anchor.nextSibling) {
    description += describe(node)
    node.parentNode?.removeChild(node)
  }
  image.setAttribute('alt', description)
  if (title) image.setAttribute('title', title)
  image.setAttribute('loading', 'lazy')
  image.setAttribute('referrerpolicy', 'no-referrer')
  anchor.replaceWith(image)
  const show = (source: string) => image.setAttribute('src', source)
  if (options.loadImage)
    options.loadImage(href).then(show, () => image.replaceWith(...linkToImage(image, href, options)))
  else show(href)
  return image
}

/** What stands in the place of an image that could not be had: its description, leading to it. */
function linkToImage(image: HTMLImageElement, href: string, options: LinkOptions): Node[] {
  const link = plainLink(image.ownerDocument, href, options)
  if (!link) return []
  link.className = 'md-image'
  link.append(image.alt || href)
  return image.alt ? [link, hostNote(link, href)] : [link]
}

/** Text of a node with the descriptions of the images in it. */
function describe(node: Node): string {
  if (isElement(node, 'img')) return node.getAttribute('alt') ?? ''
  if (!node.firstChild) return node.textContent ?? ''
  let text = ''
  for (let child: Node | null = node.firstChild; child; child = child.nextSibling) text += describe(child)
  return text
}

/** A link inside another link is not valid: the inner one becomes text, its target stays in the title. */
export function withoutLink(link: Element): void {
  const text = link.ownerDocument.createElement('span')
  text.className = link.className
  text.setAttribute('title', link.getAttribute('title') ?? '')
  while (link.firstChild) text.appendChild(link.firstChild)
  link.replaceWith(text)
}

function refused(span: Element, target: Target): Element {
  span.className = 'md-refused-link'
  const text = span.textContent ?? ''
  if (target.destination !== '' && text !== target.destination)
    span.append(`${text === '' ? '' : ' '}(${target.destination})`)
  return span
}

function fillAttributes(link: Element, href: string, title: string): void {
  link.setAttribute('href', href)
  link.setAttribute('title', title ? `${href}\n${title}` : href)
  link.setAttribute('target', '_blank')
  link.setAttribute('rel', 'noopener noreferrer nofollow')
}

function listen(link: Element, href: string, { onDeepLink }: LinkOptions): void {
  link.removeAttribute('target')
  const open = (event: Event) => {
    event.preventDefault()
    onDeepLink?.(href)
  }
  link.addEventListener('click', open)
  link.addEventListener('auxclick', open)
}

function hostNote(link: Element, href: string): Element {
  const note = link.ownerDocument.createElement('span')
  note.className = 'md-link-host'
  note.textContent = ` (${targetName(href)})`
  return note
}

const isHostNote = (node: Node | null): boolean =>
  node !== null && isElement(node, 'span') && node.className === 'md-link-host'

const isElement = (node: Node, name: string): node is Element => node.nodeName.toLowerCase() === name
