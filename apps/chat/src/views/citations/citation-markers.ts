import type { Source } from '@parley/protocol'
import { h, render } from 'preact'
import type { MarkdownStream } from '../../markdown/stream.js'
import type { Text } from '../../text/en.js'
import { Icon } from '../icon.js'
import { type CitationGroup, type NumberedSource, sourceUrl } from './citations.js'

/** What a number does when it is pointed at and when it is pressed. */
export interface Citing {
  show(marker: HTMLElement, group: CitationGroup): void
  /** Lets the page open the source; `false` where the page does not care for it. */
  open(source: Source): boolean
}

interface Place {
  group: CitationGroup
  element: HTMLElement | null
}

/** The small numbers of one text. Sources that arrive later for the same place join the number that stands there. */
export class CitationMarkers {
  private readonly placed = new Map<number, Place>()

  constructor(
    private readonly stream: MarkdownStream,
    private readonly text: Text,
    private readonly citing: Citing,
  ) {}

  mark(groups: CitationGroup[]): void {
    for (const group of groups) {
      const known = this.placed.get(group.index)
      if (!known) this.place(group)
      else if (group.sources.length > known.group.sources.length) {
        known.element?.append(...group.sources.slice(known.group.sources.length).map((one) => this.number(one, known)))
        known.group = group
      }
    }
  }

  private place(group: CitationGroup): void {
    const place: Place = { group, element: null }
    this.placed.set(group.index, place)
    this.stream.annotate(group.index, () => {
      place.element = document.createElement('sup')
      place.element.className = 'citation'
      place.element.append(...place.group.sources.map((one) => this.number(one, place)))
      return place.element
    })
  }

  /** A link when the source has an address, so that it works like any link; else something to point at. */
  private number(numbered: NumberedSource, place: Place): HTMLElement {
    const { source } = numbered
    const url = sourceUrl(source)
    const marker = url ? linkTo(url) : inlineButton()
    marker.setAttribute('aria-label', label(marker, numbered, this.text))

    const show = () => this.citing.show(marker, place.group)
    let byTouch = false
    marker.addEventListener('pointerdown', (event) => {
      byTouch = event.pointerType === 'touch'
    })
    marker.addEventListener('pointerenter', show)
    marker.addEventListener('focus', show)
    marker.addEventListener('click', (event) => {
      if (byTouch) event.preventDefault() // a finger cannot hover: the first touch shows the card, which has the link
      if (byTouch || (!url && !this.citing.open(source))) show()
    })
    return marker
  }
}

/** Writes what is seen of a marker: an entity's own label or icon, else the number. Returns what is heard of it. */
function label(marker: HTMLElement, { number, source }: NumberedSource, text: Text): string {
  if (source.type === 'entity' && source.inline_label) {
    marker.textContent = source.inline_label
    return source.inline_label === source.title ? source.title : `${source.inline_label}: ${source.title}`
  }
  if (source.type === 'entity' && source.icon) render(h(Icon, { name: source.icon, size: 11 }), marker)
  else marker.textContent = String(number)
  return text.source(number, source.title)
}

function linkTo(url: string): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return link
}

/** A real button is a box of its own and would part from its word at the end of a line. */
function inlineButton(): HTMLElement {
  const button = document.createElement('span')
  button.setAttribute('role', 'button')
  button.tabIndex = 0
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    button.click()
  })
  return button
}
