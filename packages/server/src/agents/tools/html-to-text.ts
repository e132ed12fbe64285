/**
 * What a page says, without how it looks: headings as `#`, list items as `-`, links as `text (address)`. One pass over
 * the text, whatever it holds; nothing of it is run or fetched.
 */
export function htmlToText(html: string): { title: string; text: string } {
  const pieces: string[] = []
  let title = ''
  let skipped: string | undefined
  let href: string | undefined
  let at = 0
  const write = (text: string) => {
    if (skipped === 'title') title += text
    else if (!skipped) pieces.push(text)
  }
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) {
      write(decodeEntities(html.slice(at)))
      break
    }
    write(decodeEntities(html.slice(at, open)).replace(/\s+/g, ' '))
    if (html.startsWith('<!--', open)) {
      at = endOf(html, '-->', open + 4)
      continue
    }
    const close = html.indexOf('>', open)
    if (close < 0) break
    const [, slash, name = ''] = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(html.slice(open, open + 32)) ?? []
    const tag = name.toLowerCase()
    at = close + 1
    if (tag === '') continue
    if (!slash && RAW.has(tag)) {
      at = endOfRaw(html, tag, at)
      continue
    }
    if (SKIPPED.has(tag)) {
      if (!slash) skipped ??= tag
      else if (skipped === tag) skipped = undefined
      continue
    }
    if (tag === 'a') {
      if (!slash)
        href = /\bhref\s*=\s*["']?(https?:\/\/[^"'\s>]{1,500})/i.exec(
          html.slice(open, Math.min(close, open + 2000)),
        )?.[1]
      else if (href) write(` (${decodeEntities(href)})`)
      if (slash) href = undefined
    } else if (/^h[1-6]$/.test(tag)) write(slash ? '\n\n' : `\n\n${'#'.repeat(Number(tag[1]))} `)
    else if (tag === 'li') write(slash ? '' : '\n- ')
    else if (tag === 'td' || tag === 'th') write(slash ? ' | ' : '')
    else if (BLOCKS.has(tag)) write('\n')
  }
  const text = pieces
    .join('')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return { title: title.replace(/\s+/g, ' ').trim().slice(0, 300), text }
}

/** What holds no markup: skipped to its end. */
const RAW = new Set(['script', 'style', 'textarea', 'iframe', 'noembed', 'noframes', 'xmp'])
/** Around the page, not of it. */
const SKIPPED = new Set(['title', 'nav', 'footer', 'svg', 'template', 'noscript', 'select', 'button'])
const BLOCKS = new Set(
  'p div br tr table section article header main aside ul ol dl dt dd blockquote pre hr figure figcaption'.split(' '),
)

function endOf(html: string, mark: string, from: number): number {
  const end = html.indexOf(mark, from)
  return end < 0 ? html.length : end + mark.length
}

function endOfRaw(html: string, tag: string, from: number): number {
  const end = new RegExp(`</${tag}(?=[\\s/>])`, 'gi')
  end.lastIndex = from
  return end.exec(html) ? endOf(html, '>', end.lastIndex) : html.length
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  middot: '·',
  bull: '•',
  times: '×',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{1,12}));/g, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
