/** Inputs that make careless parsers slow: the growth test counts their steps, the bench measures their time. */

/** About 50 KB each at scale 1, length proportional to the scale. */
export const worstInputs: Record<string, (scale: number) => string> = {
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
  'dollar signs': (scale) => '$a '.repeat(16000 * scale),
  'open formulas': (scale) => '\\(a '.repeat(12500 * scale),
  'open formula on its own lines': (scale) => `$$\n${'x = f(y)\n'.repeat(5500 * scale)}`,
  definitions: (scale) => '[a]: https://b.example "t"\n'.repeat(1900 * scale),
  'hash signs': (scale) => `# ${'# '.repeat(25000 * scale)}`,
  'one rule of dashes': (scale) => '-'.repeat(50000 * scale),
}

function numbered(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join('')
}
