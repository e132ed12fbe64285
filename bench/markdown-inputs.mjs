// What bench/markdown.mjs feeds the renderer: a mixed answer in pieces of about the size of tokens.

const WORDS =
  'the agent reads each document and answers in short sentences so that people can check a claim against its source while text arrives'.split(
    ' ',
  )

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
