import type { MarkdownContext } from './context.js'

/** Looks as deep as it is in the text; in the outline it stands as deep as the page around the chat wants it. */
export function headingElement(level: number, { document, topHeading }: MarkdownContext): HTMLElement {
  const element = document.createElement(`h${level}`)
  if (topHeading > 1) element.setAttribute('aria-level', `${Math.min(6, topHeading + level - 1)}`)
  return element
}
