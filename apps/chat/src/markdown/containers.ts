/** Block quotes and list items in the page, and when a list counts as loose. */
import type { ContainerStart } from './line-start.js'

export interface Quote {
  kind: 'quote'
  element: Element
}

/** Items carry their list; it stays open as long as its last item is. */
export interface Item {
  kind: 'item'
  element: Element
  list: Element
  /** Bullet, or the character behind the number: the same for all items of a list. */
  marker: string
  contentIndent: number
  hasChild: boolean
  /** An item that began with an empty line ends at the next one; its list goes on. */
  isEnded: boolean
}

export type Container = Quote | Item

export function openContainer(start: ContainerStart, parent: Element, sibling: Container | undefined): Container {
  const document = parent.ownerDocument
  if (start.kind === 'quote') {
    const element = document.createElement('blockquote')
    parent.appendChild(element)
    return { kind: 'quote', element }
  }
  const joins = sibling?.kind === 'item' && sibling.marker === start.marker
  const list = joins ? sibling.list : document.createElement(start.isOrdered ? 'ol' : 'ul')
  if (!joins) {
    if (start.isOrdered && start.start !== 1) list.setAttribute('start', String(start.start))
    parent.appendChild(list)
  }
  const element = document.createElement('li')
  list.appendChild(element)
  return {
    kind: 'item',
    element,
    list,
    marker: start.marker,
    contentIndent: start.contentIndent,
    hasChild: false,
    isEnded: false,
  }
}

/**
 * A list is loose when a blank line stands between its items or between the blocks of one. Paragraphs always get
 * their `<p>`; looseness is an attribute of the list, so learning of it late moves nothing in the page.
 */
export function markLoose(item: Item): void {
  item.list.setAttribute('data-loose', '')
}
