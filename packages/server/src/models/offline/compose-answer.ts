import type { Conversation, ToolAnswer } from './conversation.js'

/** What the offline model says of itself whenever it is asked, and once under its first answer. */
const WHO_I_AM =
  'I am Parley’s built-in **offline model**, not a language model: I quote what this app knows, call its tools on plain patterns, and make nothing up.'

const HOW_TO_CONNECT = `To connect a real model, stop the server and start it with one of these:

\`\`\`sh
OPENAI_API_KEY=sk-... npm start
OPENAI_BASE_URL=http://127.0.0.1:11434/v1 PARLEY_MODEL=qwen3 npm start
\`\`\`

The second form is for any host that speaks OpenAI’s chat completions, such as Ollama, LM Studio or vLLM.`

/** The whole answer as Markdown. */
export function composeAnswer(conversation: Conversation): string {
  const { wants, isFirst, answers } = conversation
  if (wants === 'introduction') return `${WHO_I_AM}\n\n${HOW_TO_CONNECT}`
  const answer = wants === 'sample' ? SAMPLE : answerOf(answers.filter(({ name }) => !name.startsWith('transfer_to_')))
  return isFirst
    ? `${answer}\n\n---\n\n*${WHO_I_AM.replaceAll('**', '')} Ask “who are you?” to learn how to connect one.*`
    : answer
}

function answerOf(answers: ToolAnswer[]): string {
  const passages = answers.flatMap(({ text: output }) => readPassages(output))
  if (passages.length > 0) return quote(passages)
  const found = answers.filter(({ text: output }) => !/^nothing was found/i.test(output))
  if (found.length > 0) return found.map(tellAnswer).join('\n\n')
  if (answers.length > 0)
    return 'I looked, and this app knows nothing about that. Try other words, or connect a language model.'
  return 'Hello! Ask me something this app knows about, or use one of its tools: I answer with what I find, and say where it is from.'
}

interface NumberedPassage {
  number: number
  heading: string
  text: string
}

/** The numbered passages of a knowledge tool's output. */
function readPassages(output: string): NumberedPassage[] {
  return [
    ...output.matchAll(/(?:^|\n\n)\[(\d+)\] (.+)\n([\s\S]+?)(?=\n\n\[\d+\] |\n\nAnswer from these passages|$)/g),
  ].map(([, number, heading, text]) => ({ number: Number(number), heading: heading ?? '', text: (text ?? '').trim() }))
}

/** The best passage whole, and where to read on. */
function quote([best, ...others]: NumberedPassage[]): string {
  if (!best) return ''
  const title = titleOf(best)
  const related = new Map(others.map((one) => [titleOf(one), one.number] as const).reverse())
  related.delete(title)
  const more = [...related].reverse().slice(0, 2)
  return [
    `### ${title}`,
    citeAtEnd(best.text, best.number),
    ...(more.length > 0 ? [`Related:\n\n${more.map(([name, number]) => `- ${name} [${number}]`).join('\n')}`] : []),
  ].join('\n\n')
}

const titleOf = ({ heading }: NumberedPassage) => heading.split(' › ').at(-1)

/** The marker stands behind the first paragraph of prose: behind a code block it would belong to the code. */
function citeAtEnd(text: string, number: number): string {
  const [first = '', ...rest] = text.split('\n\n')
  if (first.startsWith('```')) return `As the knowledge has it: [${number}]\n\n${text}`
  return [`${first} [${number}]`, ...rest].join('\n\n')
}

function tellAnswer({ name, text }: ToolAnswer): string {
  const words = name.replace(/[_-]+/g, ' ')
  if (/^[[{]/.test(text.trim())) return `The tool *${words}* answered:\n\n\`\`\`json\n${text.trim()}\n\`\`\``
  if (text.includes('\n')) return `The tool *${words}* answered:\n\n${text}`
  return `The tool *${words}* answered: **${text}**`
}

const SAMPLE = `## What this chat can show

Answers are Markdown, drawn while they arrive:

1. **Bold**, *italic*, ~~struck~~ and \`code\`
2. Nested lists
   - like this one
   - with [links](https://github.com)

| Part | Shown as |
| --- | --- |
| Tools | steps with their result |
| Sources | numbered citations |

\`\`\`ts
const greeting = (name: string) => \`Hello, \${name}!\`
\`\`\`

> Quotes look like this.`
