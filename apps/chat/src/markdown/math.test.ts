import { describe, expect, it } from 'vitest'
import { createMarkdownStream } from './stream.js'
import { testContainer, toHtml } from './test-page.js'

interface Formula {
  tex: string
  isDisplay: boolean
}

/** Every formula of a text, written letter by letter, and the page at its end. */
function read(text: string): { formulas: Formula[]; html: string } {
  const container = testContainer()
  const formulas: Formula[] = []
  const stream = createMarkdownStream(container, {
    onMathClosed: (_, tex, isDisplay) => formulas.push({ tex, isDisplay }),
  })
  for (const letter of text) stream.push(letter)
  stream.end()
  return { formulas, html: toHtml(container) }
}

describe('formulas in text', () => {
  it.each([
    ['$x^2$', 'x^2'],
    ['so $a_1 * b_2 * c_3$ holds', 'a_1 * b_2 * c_3'],
    ['\\(\\alpha + \\beta\\)', '\\alpha + \\beta'],
    ['in **bold $x$ text**', 'x'],
    ['a $\\text{the whole of it}$ b', '\\text{the whole of it}'],
    ['$\\$5$', '\\$5'],
    ['| a |\n|---|\n| $x$ |', 'x'],
  ])('%s', (text, tex) => {
    expect(read(text).formulas).toEqual([{ tex, isDisplay: false }])
  })

  it('show their source until somebody draws them', () => {
    expect(read('so $x^2$ grows').html).toBe('<p>so <span class="md-math">$x^2$</span> grows</p>')
  })

  it.each([
    'It costs $5 or $10.',
    'Between $5-$10 per month, and $20 later',
    'Set $HOME and $PATH first',
    'An open $x + y',
    'Spaces $ x $ are none',
    '`$x$` is code',
    'US$5 and A$6',
    '\\$x\\$',
    'regex \\(abc',
    '$$$ great deals $$$',
    '\\[not a link](/foo)',
  ])('%s: is none', (text) => {
    expect(read(text).formulas).toEqual([])
  })

  it('give up early: what follows a price is drawn while it arrives', () => {
    const container = testContainer()
    createMarkdownStream(container).push('It costs $5 and that is **all')

    expect(toHtml(container)).toBe('<p>It costs $5 and that is <strong>all</strong></p>')
  })
})

describe('formulas on lines of their own', () => {
  it.each([
    ['$$E = mc^2$$', 'E = mc^2'],
    ['$$\nE = mc^2\n$$', 'E = mc^2'],
    ['\\[\nx = 1\n\\]', 'x = 1'],
    ['\\[ x = 1 \\]', 'x = 1'],
    ['The formula is:\n$$\na\n= b\n$$\nAnd on.', 'a\n= b'],
    ['- item\n\n  $$\n  a\n  $$', 'a'],
    ['> $$\n> a\n> $$', 'a'],
    ['$$ a\n- b\n+ c $$', 'a\n- b\n+ c'],
    ['so $$x$$ it is', 'x'],
    ['so $$\nx\n$$', 'x'],
    ['\\[\n\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n\\]', '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}'],
  ])('%s', (text, tex) => {
    expect(read(text).formulas).toEqual([{ tex, isDisplay: true }])
  })

  it('stand between the paragraphs around them', () => {
    expect(read('Before\n$$\nx\n$$\nafter').html).toBe(
      '<p>Before</p><div class="md-math md-math-display">$$\nx\n$$</div><p>after</p>',
    )
  })

  it('without an end stay text, and hurt nothing but themselves', () => {
    const { formulas, html } = read('$$\nx = 1\n\n**after**')

    expect(formulas).toEqual([])
    expect(html).toBe('<div class="md-math md-math-display">$$\nx = 1\n</div><p><strong>after</strong></p>')
  })
})

it('a citation stands behind the formula it belongs to, drawn or not', () => {
  const container = testContainer()
  const stream = createMarkdownStream(container, {
    onMathClosed: (element) => element.append(element.ownerDocument.createElement('math')),
  })
  stream.push('so $x^2$ grows')
  stream.annotate(6, () => container.ownerDocument.createElement('sup'))
  stream.end()

  expect(toHtml(container)).toBe('<p>so <span class="md-math">$x^2$<math></math></span><sup></sup> grows</p>')
})
