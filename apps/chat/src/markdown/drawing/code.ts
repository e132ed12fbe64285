/** Colours for code. Loaded with the first complete block, each language with its first. */
import { createLowlight } from 'lowlight'
import '../../styles/code-colors.css'
import { grammarOf, loadGrammar } from './languages.js'

const lowlight = createLowlight()

type Tree = ReturnType<typeof lowlight.highlight>
type Part = Tree['children'][number]

/** Longer code stays plain: colouring it would hold up the page. */
const MAX_LENGTH = 60_000

/** Colours the code of a block where it stands. Its text stays what it is, letter by letter. */
export async function drawCode(code: HTMLElement, language: string): Promise<void> {
  const grammar = grammarOf(language)
  const text = code.textContent ?? ''
  if (!grammar || text.length > MAX_LENGTH) return
  if (!lowlight.registered(grammar)) lowlight.register(grammar, await loadGrammar(grammar))
  const tree = lowlight.highlight(grammar, text)
  code.replaceChildren(...tree.children.map((part) => toNode(part, code.ownerDocument)))
}

function toNode(part: Part, document: Document): Node {
  if (part.type === 'text') return document.createTextNode(part.value)
  const span = document.createElement('span')
  if (part.type !== 'element') return span // comments and doctypes are never made from code
  const names = part.properties.className
  if (Array.isArray(names)) span.className = names.join(' ')
  span.append(...part.children.map((child) => toNode(child, document)))
  return span
}
