import { describe, expect, it, vi } from 'vitest'
import { createMarkdownStream, type MarkdownOptions, renderMarkdown } from './stream.js'
import { testContainer, toHtml } from './test-page.js'

function html(text: string, options?: MarkdownOptions): string {
  const container = testContainer()
  renderMarkdown(container, text, options)
  return toHtml(container)
}

/** What stands in the page after these pieces, the text not yet ended. */
function shown(...pieces: string[]): string {
  const container = testContainer()
  const stream = createMarkdownStream(container)
  for (const piece of pieces) stream.push(piece)
  return toHtml(container)
}

const link = (href: string, text: string) =>
  `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank" title="${href}">${text}</a>`

const GERMAN = {
  copy: 'Kopieren',
  copied: 'Kopiert',
  code: 'Code',
  diagram: 'Diagramm',
  table: 'Tabelle',
  done: 'Fertig',
}

describe('GFM', () => {
  it('strikes text through with one or two tildes, not with three', () => {
    expect(html('~~Hi~~ Hello, ~there~ world!')).toBe('<p><del>Hi</del> Hello, <del>there</del> world!</p>')
    expect(html('This will ~~~not~~~ strike.')).toBe('<p>This will ~~~not~~~ strike.</p>')
    expect(html('a ~~b~ c')).toBe('<p>a ~~b~ c</p>')
  })

  it('does not strike across paragraphs', () => {
    expect(html('This ~~has a\n\nnew paragraph~~.')).toBe('<p>This ~~has a</p><p>new paragraph~~.</p>')
  })

  it('draws boxes for tasks', () => {
    const box = (attributes: string) => `<input aria-label="Done"${attributes} disabled="" type="checkbox">`
    expect(html('- [ ] foo\n- [x] bar')).toBe(
      `<ul><li data-task=""><p>${box('')} foo</p></li><li data-task=""><p>${box(' checked=""')} bar</p></li></ul>`,
    )
    expect(html('[ ] no item')).toBe('<p>[ ] no item</p>')
    expect(html('- [x](https://a.example)')).toBe(`<ul><li><p>${link('https://a.example/', 'x')}</p></li></ul>`)
  })

  it('draws tables with alignment in a named scroll area', () => {
    expect(html('| abc | defghi |\n:-: | -----------:\nbar | baz')).toBe(
      '<div class="md-table"><div aria-label="Table" class="md-table-area" role="region" tabindex="0"><table>' +
        '<thead><tr><th align="center">abc</th><th align="right">defghi</th></tr></thead>' +
        '<tbody><tr><td align="center">bar</td><td align="right">baz</td></tr></tbody></table></div>' +
        '<button class="md-copy" type="button">Copy</button></div>',
    )
  })

  it('copies tables as they were written, and as a table', () => {
    const onCopy = vi.fn(async () => true)
    const container = testContainer()
    renderMarkdown(container, 'a | **b**\n:-- | --\nc | d | e\n\nEnd', { onCopy })

    container.querySelector('button')?.click()

    expect(onCopy).toHaveBeenCalledWith({
      text: 'a | **b**\n| :--- | --- |\nc | d | e\n',
      html: expect.stringMatching(/^<table><thead><tr><th align="left">a<\/th><th><strong>b/),
    })
  })

  const cells = (text: string) => html(text).match(/<t[hd](?: [^>]*)?>.*?<\/t[hd]>/g)
  it('keeps escaped pipes in cells, in code too', () => {
    expect(cells('| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |')).toEqual([
      '<th>f|oo</th>',
      '<td>b <code>|</code> az</td>',
      '<td>b <strong>|</strong> im</td>',
    ])
  })

  it('fills short rows and cuts long ones', () => {
    expect(cells('| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |')).toEqual([
      ...['<th>abc</th>', '<th>def</th>', '<td>bar</td>', '<td></td>', '<td>bar</td>', '<td>baz</td>'],
    ])
  })

  it('needs as many header cells as the delimiter row has', () => {
    expect(html('| abc | def |\n| --- |\n| bar |')).toBe('<p>| abc | def |\n| --- |\n| bar |</p>')
  })

  it('takes the header from the last line of a paragraph and ends at the next block', () => {
    const page = html('Intro **text**\n| a | b |\n| - | - |\n| 1 | 2 |\n> quote')
    expect(page).toMatch(
      /^<p>Intro <strong>text<\/strong><\/p><div.*<\/table><\/div><button.*<\/button><\/div><blockquote><p>quote<\/p><\/blockquote>$/,
    )
  })

  it('keeps definitions and task boxes above a table what they are', () => {
    expect(html('[r]: https://a.example\n| a | b |\n| - | - |')).toMatch(/^<div/)
    expect(html('- [x] [r]\n  | a | b |\n  | - | - |\n\n[r]: https://a.example')).toMatch(
      /<li data-task=""><p><input [^>]*> <a [^>]*>r<\/a><\/p><div/,
    )
  })

  it('links bare URLs, www addresses and mail addresses', () => {
    expect(html('See https://a.example/x_y. And (www.b.example/c) or me@d.example!')).toBe(
      `<p>See ${link('https://a.example/x_y', 'https://a.example/x_y')}. And (${link('http://www.b.example/c', 'www.b.example/c')}) or ${link('mailto:me@d.example', 'me@d.example')}!</p>`,
    )
  })

  it('trims what does not belong to a bare URL', () => {
    expect(html('**https://a.example**')).toBe(
      `<p><strong>${link('https://a.example/', 'https://a.example')}</strong></p>`,
    )
    expect(html('https://a.example/(b))')).toBe(`<p>${link('https://a.example/(b)', 'https://a.example/(b)')})</p>`)
    expect(html('https://a.example/?q=1&copy;')).toBe(
      `<p>${link('https://a.example/?q=1', 'https://a.example/?q=1')}©</p>`,
    )
  })
})

describe('while text arrives', () => {
  it('shows emphasis and code as soon as they open', () => {
    expect(shown('some **bo')).toBe('<p>some <strong>bo</strong></p>')
    expect(shown('some **bold *and* ', 'more')).toBe('<p>some <strong>bold <em>and</em> more</strong></p>')
    expect(shown('call `run', '()')).toBe('<p>call <code>run()</code></p>')
  })

  it('takes emphasis back that never closes', () => {
    expect(html('some **bold\n\nnext')).toBe('<p>some **bold</p><p>next</p>')
  })

  it('goes on after a code span that ended with a piece', () => {
    expect(shown('`a`', ' and **b**')).toBe('<p><code>a</code> and <strong>b</strong></p>')
  })

  it('hides half a link target, half an entity and half a marker', () => {
    expect(shown('see [docs](https://a.exa')).toBe('<p>see [docs</p>')
    expect(shown('a &am')).toBe('<p>a </p>')
    expect(shown('a\n\n#', '#')).toBe('<p>a</p>')
    expect(shown('a\n\n``', '`ts')).toBe('<p>a</p>')
  })

  it('hides what may become a table until its second line', () => {
    expect(shown('| a | b |\n| -')).toBe('')
    expect(shown('| a | b |\nno')).toBe('<p>| a | b |\nno</p>')
  })

  it('hides link definitions', () => {
    expect(shown('[a]: https://a.exam')).toBe('')
    expect(shown('[note] is text')).toBe('<p>[note] is text</p>')
  })

  it('keeps finished blocks as the same untouched nodes', () => {
    const container = testContainer()
    const stream = createMarkdownStream(container)
    stream.push('# One\n\nTwo **three**\n\n- four\n- five\n\n```js\nsix\n```\n\nse')
    const finished = [...container.children].slice(0, -1)
    const before = finished.map((block) => toHtml(block))
    stream.push('ven\n\n| a |\n| - |\n| b |\n\n> eight')
    stream.end()
    expect([...container.children].slice(0, finished.length)).toEqual(finished)
    expect(finished.map((block) => toHtml(block))).toEqual(before)
  })

  it('grows one text node', () => {
    const container = testContainer()
    const stream = createMarkdownStream(container)
    for (const piece of ['one', ' two', ' three']) stream.push(piece)
    expect(container.firstChild?.childNodes.length).toBe(1)
  })
})

describe('line ends', () => {
  it('are blanks, or lines where that is wanted', () => {
    expect(html('one\ntwo')).toBe('<p>one\ntwo</p>')
    expect(html('one\ntwo', { breaksLines: true })).toBe('<p>one<br>\ntwo</p>')
  })
})

describe('code blocks', () => {
  it('have a label, a copy button and the code', () => {
    expect(html('```ts title="x"\nlet a = 1\n```')).toBe(
      '<figure class="md-code"><figcaption><span>ts</span><button class="md-copy" type="button">Copy</button></figcaption>' +
        '<pre tabindex="0"><code class="language-ts">let a = 1\n</code></pre></figure>',
    )
    expect(html('~~~\na\n~~~', { text: { ...GERMAN, code: 'Code-Block' } })).toContain(
      '<span>Code-Block</span><button class="md-copy" type="button">Kopieren</button>',
    )
  })

  it('copy what stands in them', () => {
    const onCopy = vi.fn(async () => true)
    const container = testContainer()
    renderMarkdown(container, '```\na <b>\n\nc\n```', { onCopy })
    container.querySelector('button')?.click()
    expect(onCopy).toHaveBeenCalledWith({ text: 'a <b>\n\nc\n' })
  })

  it('are announced once when they close, or at the end', () => {
    const closed: string[] = []
    const stream = createMarkdownStream(testContainer(), {
      onCodeBlockClosed: (code, language) => closed.push(`${language}: ${code.textContent}`),
    })
    stream.push('```js\na\n')
    expect(closed).toEqual([])
    stream.push('```\n~~~\nb')
    expect(closed).toEqual(['js: a\n'])
    stream.end()
    expect(closed).toEqual(['js: a\n', ': b\n'])
  })
})

describe('references', () => {
  it('become links at the end when their definition comes later', () => {
    const container = testContainer()
    const stream = createMarkdownStream(container)
    stream.push('See [docs] and [other][x].\n\n')
    expect(toHtml(container)).toBe('<p>See [docs] and [other][x].</p>')
    stream.push('[docs]: https://a.example\n[X]: https://b.example')
    stream.end()
    expect(toHtml(container)).toBe(
      `<p>See ${link('https://a.example/', 'docs')} and ${link('https://b.example/', 'other')}.</p>`,
    )
  })

  it('leave the box of a task where it is', () => {
    expect(html('- [x] [a]\n\n[a]: https://a.example')).toContain(
      `<input aria-label="Done" checked="" disabled="" type="checkbox"> ${link('https://a.example/', 'a')}`,
    )
  })
})

describe('safety', () => {
  it('shows HTML as it was typed', () => {
    expect(html('<script>alert(1)</script> <img src=x onerror="a*b*">')).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=&quot;a*b*&quot;&gt;</p>',
    )
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '/relative',
    '#anchor',
    'file:///etc',
  ])('makes no link of %s', (target) => {
    const page = html(`[click](${target}) <${target}>`)
    expect(page).not.toContain('<a')
    expect(page).toContain(`click (${target})`)
  })

  it('says where a link leads when its text names another host', () => {
    expect(html('[bank.example](https://evil.example/x)')).toBe(
      `<p>${link('https://evil.example/x', 'bank.example')}<span class="md-link-host"> (evil.example)</span></p>`,
    )
    expect(html('[www.bank.example](https://bank.example/x)')).not.toContain('md-link-host')
  })

  it('gives a link without text its target as text', () => {
    expect(html('[](https://a.example)')).toBe(`<p>${link('https://a.example/', 'https://a.example/')}</p>`)
  })

  it('shows images as links with a visible target', () => {
    const page = html('![A cat](https://img.example/cat.png)')
    expect(page).not.toContain('<img')
    expect(page).toMatch(
      /<a class="md-image" href="https:\/\/img.example\/cat.png".*>A cat<\/a><span class="md-link-host"> \(img.example\)<\/span>/,
    )
  })

  it('loads images only from where it is allowed, without telling the referrer', () => {
    const allowImage = (url: string) => url.startsWith('https://ok.example/')
    expect(html('![A *cat*](https://ok.example/c.png "T")', { allowImage })).toBe(
      '<p><img alt="A cat" loading="lazy" referrerpolicy="no-referrer" src="https://ok.example/c.png" title="T"></p>',
    )
    expect(html('![x](https://other.example/c.png)', { allowImage })).not.toContain('<img')
    expect(html('![x](data:image/png;base64,AAAA)', { allowImage: () => true })).not.toContain('<img')
  })

  it('never nests links', () => {
    const page = html('[![cat](https://img.example/c.png)](https://a.example)')
    expect(page.match(/<a /g)).toHaveLength(1)
    expect(page).toContain('img.example')
  })

  it('gives deep links to the host page', () => {
    const onDeepLink = vi.fn()
    const container = testContainer()
    renderMarkdown(container, '[open](chatkit-link://task?id=1)', { onDeepLink })
    const anchor = container.querySelector('a') as HTMLElement
    expect(anchor.hasAttribute('target')).toBe(false)
    anchor.click()
    expect(onDeepLink).toHaveBeenCalledWith('chatkit-link://task?id=1')
    expect(html('[open](chatkit-link://task)')).toContain('open (chatkit-link://task)')
  })
})

describe('headings', () => {
  it('look as deep as they are written and stand as deep as the page wants them', () => {
    const text = '# One\n\nTwo\n---\n\n###### Six'
    expect(html(text)).not.toContain('aria-level')
    expect(html(text, { topHeading: 3 })).toBe(
      '<h1 aria-level="3">One</h1><h2 aria-level="4">Two</h2><h6 aria-level="6">Six</h6>',
    )
  })
})
