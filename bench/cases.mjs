// What is measured, and the bar each figure must meet. Ratios compare Parley with the floor in the same run.

/** Load cases: `conversations` at once, `messages` each. `server`: measured on Parley alone. */
export const cases = {
  alone: { conversations: 1, messages: 20, tokens: 100, delay: 5 },
  paced: { conversations: 200, messages: 2, tokens: 100, delay: 5 },
  flood: { conversations: 200, messages: 3, tokens: 100, delay: 0 },
  held: { conversations: 200, messages: 1, tokens: 100, delay: 50, rampMs: 1000 },
  crowd: { conversations: 1000, messages: 1, tokens: 100, delay: 100, rampMs: 5000 },
  long: { conversations: 1, messages: 200, tokens: 20, delay: 0, only: 'parley' },
}

const ratio = (pick) => (rows) => pick(rows.parley) / pick(rows.floor)

/** Each bar: its words, the case it reads, how the figure is made, and the limit. */
export const bars = [
  {
    what: 'tokens/s, 200 streams, 5 ms/token',
    read: 'paced',
    figure: ratio((row) => row.tokensPerS),
    atLeast: 0.75,
    unit: '× floor',
  },
  {
    what: 'tokens/s, 200 streams, 0 ms/token',
    read: 'flood',
    figure: ratio((row) => row.tokensPerS),
    atLeast: 0.3,
    unit: '× floor',
  },
  {
    what: 'CPU per 1000 tokens, 200 streams at 20 tok/s',
    read: 'held',
    figure: ratio((row) => row.cpuMsPer1000Tokens),
    atMost: 2,
    unit: '× floor',
  },
  {
    what: 'first token p50, 1 stream',
    read: 'alone',
    figure: ratio((row) => row.firstTokenMs.p50),
    atMost: 2,
    unit: '× floor',
  },
  {
    what: 'first token p50, 200 streams',
    read: 'paced',
    figure: ratio((row) => row.firstTokenMs.p50),
    atMost: 3,
    unit: '× floor',
  },
  {
    what: 'token lag p99, 1000 streams at 10 tok/s',
    read: 'crowd',
    figure: ratio((row) => row.lagMs.p99),
    atMost: 3,
    unit: '× floor',
  },
  {
    what: 'failed messages, 1000 streams',
    read: 'crowd',
    figure: ({ parley }) => Object.values(parley.errors).reduce((a, b) => a + b, 0),
    atMost: 0,
    unit: '',
  },
  {
    what: 'memory per open stream',
    read: 'crowd',
    figure: ({ parley }) => parley.kbPerStream,
    atMost: 150,
    unit: 'KB',
  },
  {
    what: 'first token of message 191–200 against 2–11',
    read: 'long',
    figure: ({ parley }) => parley.growth.late / parley.growth.early,
    atMost: 1.25,
    unit: '×',
  },
  { what: 'cold start to first token', read: 'cold', figure: ratio((row) => row.coldMs), atMost: 3, unit: '× floor' },
  { what: 'resident memory, idle', read: 'cold', figure: ratio((row) => row.idleMB), atMost: 2.5, unit: '× floor' },
]
