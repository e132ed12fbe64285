// What bench/markdown.mjs feeds the renderer: a mixed answer, and inputs that make careless parsers slow.

const WORDS =
  'the agent reads each document and answers in short sentences so that people can check a claim against its source while text arrives'.split(
    ' ',
  )

/** About 50 KB each at scale 1. */
export const worstInputs = {
  'one paragraph, no line break': (scale) => 'plain words in one long line '.repeat(1700 * scale),
  'one paragraph of emphasis': (scale) => 'some **bold** and *thin* words '.repeat(1600 * scale),
  'open emphasis': (scale) => '*a **b '.repeat(7000 * scale),
  'closers without openers': (scale) => 'a* b** c_ '.repeat(5000 * scale),
  'nested emphasis': (scale) => '*a '.repeat(8000 * scale) + 'b* '.repeat(8000 * scale),
  'one run of stars': (scale) => `${'*'.repeat(25000 * scale)}a${'*'.repeat(25000 * scale)}`,
  'emphasis across a bracket': (scale) => '*a [b* '.repeat(7000 * scale),
  backticks: (scale) => '`'.repeat(50000 * scale),
  'backtick runs of every length': (scale) =>
    Array.from({ length: Math.floor(315 * Math.sqrt(scale)) }, (_, n) => '`'.repeat(n + 1)).join(' '),
  'open code span, other runs': (scale) => `\` ${'x `` '.repeat(10000 * scale)}`,
  'open brackets': (scale) => '['.repeat(50000 * scale),
  'nested brackets': (scale) => '['.repeat(25000 * scale) + ']'.repeat(25000 * scale),
  'link starts': (scale) => '[a]('.repeat(12500 * scale),
  'links in open brackets': (scale) => '['.repeat(5000 * scale) + '[a](https://b.example)'.repeat(2000 * scale),
  'references, defined at the end': (scale) =>
    `${numbered(2000 * scale, (n) => `[r${n}] `)}\n\n${numbered(2000 * scale, (n) => `[r${n}]: https://x.example/${n}\n`)}`,
  'block quotes': (scale) => '>'.repeat(50000 * scale),
  'deep quotes, many lines': (scale) => `${'>'.repeat(60)} a\n`.repeat(800 * scale),
  'nested lists': (scale) => '- '.repeat(25000 * scale),
  'deep list, blank lines': (scale) => `${'- '.repeat(60)}a\n${'\n'.repeat(50000 * scale)}`,
  'open angle brackets': (scale) => '<a '.repeat(16000 * scale),
  'one long bare URL': (scale) => `https://${'a.b/'.repeat(12500 * scale)}`,
  'at signs': (scale) => 'a@'.repeat(25000 * scale),
  'wide table': (scale) =>
    `${'|a'.repeat(6000 * scale)}|\n${'|-'.repeat(6000 * scale)}|\n${'|b\n'.repeat(6000 * scale)}`,
  'long fenced code': (scale) => `\`\`\`\n${'x = f(y)\n'.repeat(5500 * scale)}`,
  definitions: (scale) => '[a]: https://b.example "t"\n'.repeat(1900 * scale),
  'hash signs': (scale) => `# ${'# '.repeat(25000 * scale)}`,
  'one rule of dashes': (scale) => '-'.repeat(50000 * scale),
}

/** A mixed answer of about `tokens` tokens: headings, prose with every inline form, lists, code, a table, a quote. */
export function answer(tokens) {
  const random = seededRandom(11)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const prose = (count) => Array.from({ length: count }, () => pick(WORDS)).join(' ')
  const rich = () =>
    `${prose(14)} **${prose(2)}**, *${prose(1)}*, ~~${prose(1)}~~ and \`${pick(WORDS)}(${Math.floor(random() * 99)})\`, see [${prose(2)}](https://example.com/${pick(WORDS)}) or https://example.org/${pick(WORDS)}. ${prose(16)}.`
  const section = (number) =>
    [
      `## ${number}. ${prose(4)}`,
      rich(),
      `- ${rich()}\n- ${prose(9)}\n  - ${prose(6)}\n  - [ ] ${prose(5)}\n- ${prose(7)}`,
      `1. ${prose(8)}\n2. ${rich()}`,
      `\`\`\`ts\nexport const step${number} = (limit: number) => {\n  for (let i = 0; i < limit; i++) {\n    if (i % 2 === 0) continue // even\n    emit({ index: i, label: \`n-\${i}\` })\n  }\n}\n\`\`\``,
      `| Name | Count | Note |\n| --- | ---: | :-: |\n${Array.from({ length: 4 }, (_, row) => `| row ${row} | ${Math.floor(random() * 999)} | ${prose(4)} |`).join('\n')}`,
      `> ${prose(18)}`,
      rich(),
    ].join('\n\n')
  let text = '# Report\n\n'
  for (let number = 1; tokenize(text).length < tokens; number++) text += `${section(number)}\n\n`
  return tokenize(text).slice(0, tokens).join('')
}

/** Pieces of about the size a model's tokens have. */
export function tokenize(text) {
  return text.match(/\s*\S{1,5}|\s+/g) ?? []
}

function seededRandom(seed) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function numbered(count, line) {
  return Array.from({ length: count }, (_, n) => line(n)).join('')
}
