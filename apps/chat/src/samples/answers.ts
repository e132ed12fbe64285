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
]
