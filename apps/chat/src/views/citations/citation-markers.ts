import type { MarkdownStream } from '../../markdown/stream.js'
import type { Text } from '../../text/en.js'
import { type CitationGroup, type NumberedSource, sourceUrl } from './citations.js'

type OnCite = (marker: HTMLElement, group: CitationGroup) => void

/** The small numbers of one text. Sources that arrive later for the same place join the number that stands there. */
export class CitationMarkers {
  private readonly placed = new Map<number, { group: CitationGroup; element: HTMLElement | null }>()

  constructor(
    private readonly stream: MarkdownStream,
    private readonly text: Text,
    private readonly onCite: OnCite,
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
    const place = { group, element: null as HTMLElement | null }
    this.placed.set(group.index, place)
    this.stream.annotate(group.index, () => {
      place.element = document.createElement('sup')
      place.element.className = 'citation'
      place.element.append(...place.group.sources.map((one) => this.number(one, place)))
      return place.element
    })
  }

  /** A link when the source has an address, so that it works like any link; else something to point at. */
  private number({ number, source }: NumberedSource, place: { group: CitationGroup }): HTMLElement {
    const url = sourceUrl(source)
    const marker = url ? linkTo(url) : inlineButton()
    marker.textContent = source.type === 'entity' && source.inline_label ? source.inline_label : String(number)
    marker.setAttribute('aria-label', this.text.source(number, source.title))
    const show = () => this.onCite(marker, place.group)
    marker.addEventListener('pointerenter', show)
    marker.addEventListener('focus', show)
    if (!url) marker.addEventListener('click', show)
    return marker
  }
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
  return button
}
