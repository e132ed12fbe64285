import { HEAT_PUMPS } from './heat-pumps.js'
import type { Sample } from './sample.js'

type Answer = Omit<Extract<Sample, { kind: 'markdown' }>, 'kind'>

/** What an answer's Markdown can hold. */
export const ANSWERS: Answer[] = [
  {
    id: 'markdown',
    title: 'Everything at once',
    about: 'Headings, lists, a table, code, a quotation and links, as a model writes them.',
    question: 'How does a heat pump work?',
    source: HEAT_PUMPS,
  },
  {
    id: 'lists',
    title: 'Lists and tasks',
    about: 'Nested, numbered, loose and ticked.',
    question: 'How do I send it back?',
    source: `1. Pack the item, with its receipt.
2. Print the label:
   - at home, or
   - at any of our shops.
3. Hand it to the carrier.

- [x] Packed
- [ ] Labelled
- [ ] Handed over

Some people also

- take a photograph, and

- keep the receipt.`,
  },
  {
    id: 'links',
    title: 'Links and hostile text',
    about: 'Links lead to the web or to mail and say where; HTML stays text; pictures of strangers are never fetched.',
    question: 'Can you break out of the page?',
    source: `A [plain link](https://example.org/here), a bare one: https://example.org/there, a mail address: ada@example.org.

A link that [https://bank.example.com](https://elsewhere.example.org/) names another host says where it leads. A [script](javascript:alert) is no link.

<img src=x onerror=alert(1)> is text, and ![a picture](https://pictures.example.com/cat.png) is a link.`,
  },
  {
    id: 'table',
    title: 'A wide table',
    about: 'It scrolls inside itself; numbers line up.',
    question: 'Compare the models.',
    source: `| Model | Refrigerant | Power | Noise at 3 m | Flow, at most | Price | Delivery |
|---|---|---:|---:|---:|---:|---|
| Aero 5 | R290 | 5.1 kW | 34 dB | 75 °C | 9,400 | three weeks |
| Aero 8 | R290 | 7.9 kW | 36 dB | 75 °C | 10,900 | three weeks |
| Terra 10, with a cooling function | R32 | 10.4 kW | 31 dB | 65 °C | 14,200 | two months |`,
  },
  {
    id: 'code',
    title: 'Code',
    about: 'Coloured when its fence closes, in some forty languages; each is loaded with its first block.',
    question: 'Fetch it in three languages.',
    source: `\`\`\`ts
/** The newest orders, the open ones first. */
export async function orders(url: URL, limit = 20): Promise<Order[]> {
  const response = await fetch(\`\${url}/orders?limit=\${limit}\`)
  if (!response.ok) throw new Error('No orders: ' + response.status)
  return (await response.json()).sort((a, b) => Number(b.isOpen) - Number(a.isOpen))
}
\`\`\`

\`\`\`sql
SELECT customer, sum(total) AS spent -- in cents
FROM orders WHERE placed_at > now() - interval '30 days'
GROUP BY customer HAVING sum(total) > 10000;
\`\`\`

\`\`\`diff
- const limit = 10
+ const limit = 20
\`\`\`

\`\`\`yaml
server:
  port: 8080 # behind the proxy
  origins: ["https://example.org"]
\`\`\``,
  },
  {
    id: 'math',
    title: 'Formulas',
    about: 'LaTeX between `$` or `\\(` in a line, between `$$` or `\\[` on lines of its own. Prices stay prices.',
    question: 'Why do the roots come in pairs?',
    source: `The equation $ax^2 + bx + c = 0$ has the solutions

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

With \\(\\Delta = b^2 - 4ac < 0\\) they are complex, and conjugate. Three of the formulas everybody knows:

- $e^{i\\pi} + 1 = 0$
- $\\displaystyle\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}$
- $\\displaystyle\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}$

\\[
\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}^{-1}
= \\frac{1}{ad - bc} \\begin{pmatrix} d & -b \\\\ -c & a \\end{pmatrix}
\\]

A ticket costs $5, two cost $9.`,
  },
  {
    id: 'flowchart',
    title: 'Flowchart',
    about: 'A `mermaid` fence is drawn when it closes; the button shows the code again.',
    question: 'How does a return work?',
    source: `\`\`\`mermaid
flowchart TD
  start([Item comes back]) --> opened{Was it opened?}
  opened -->|no| refund[Refund in full]
  opened -- yes --> check[[Inspection]]
  check -.->|damaged| refuse[Send it back]
  check ==>|as new| exchange(Exchange)
  subgraph books [Bookkeeping]
    refund --> ledger[(Ledger)]
    exchange --> ledger
  end
\`\`\``,
  },
  {
    id: 'sequence-diagram',
    title: 'Sequence diagram',
    about: 'Who says what to whom; loops and choices are frames. Any other kind of diagram stays code.',
    question: 'How does signing in work?',
    source: `\`\`\`mermaid
sequenceDiagram
  actor Ada
  participant Page
  participant Server as Parley
  Ada->>Page: opens the chat
  Page->>Server: POST /session
  alt known
    Server-->>Page: client secret
  else unknown
    Server--xPage: 401
  end
  Note over Page,Server: The secret lives ten minutes
  loop each message
    Page->>Server: threads.create
    Server-->>Page: events
  end
  Page->>Page: draws
\`\`\``,
  },
  {
    id: 'state-diagram',
    title: 'State diagram',
    about: 'Boxes and arrows again, in the words of states.',
    question: 'Which states has a run?',
    source: `\`\`\`mermaid
stateDiagram-v2
  direction LR
  [*] --> queued
  queued --> running
  running --> waiting: a form, an approval
  waiting --> running: answered
  running --> completed
  running --> failed
  completed --> [*]
  failed --> [*]
\`\`\``,
  },
]
