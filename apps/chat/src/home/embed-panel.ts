import { createSnippets, type Snippet } from './snippets.js'

/** The panel that shows how to put this chat on a page of one's own. The dialog element brings focus and Escape. */
export function setUpEmbedPanel(): void {
  const panel = find('embed', HTMLDialogElement)
  find('snippets', HTMLElement).append(...createSnippets(location.origin).map(drawSnippet))
  find('open-embed', HTMLButtonElement).addEventListener('click', () => panel.showModal())
  find('close-embed', HTMLButtonElement).addEventListener('click', () => panel.close())
  panel.addEventListener('click', ({ target }) => {
    if (target === panel) panel.close() // the backdrop
  })
}

function drawSnippet({ id, title, hint, code }: Snippet): HTMLElement {
  const section = element('section', 'snippet')
  section.setAttribute('aria-labelledby', `snippet-${id}`)

  const head = element('div', 'snippet-head')
  const heading = element('h3', '', title)
  heading.id = `snippet-${id}`
  const copy = element('button', 'button', 'Copy')
  copy.setAttribute('aria-label', `Copy the ${title} snippet`)
  const said = element('span', 'said')
  said.setAttribute('role', 'status')
  head.append(heading, said, copy)

  const block = element('pre', 'code')
  block.tabIndex = 0 // wide code scrolls; the keyboard must be able to scroll it too
  block.setAttribute('aria-label', `${title} code`)
  block.setAttribute('role', 'region')
  const text = element('code', '', code)
  block.append(text)

  copy.addEventListener('click', async () => {
    said.textContent = (await copyText(code)) ? 'Copied' : 'Selected: press Ctrl or ⌘ C'
    if (said.textContent !== 'Copied') getSelection()?.selectAllChildren(text)
  })

  section.append(head, element('p', 'quiet', hint), block)
  return section
}

/** The clipboard exists only on https and localhost, and a person may refuse it. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text = '',
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new TypeError(`home/index.html has no ${kind.name} with the id "${id}"`)
}
