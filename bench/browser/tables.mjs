// What was measured, and how it stands to its bars.

/** One row per case: the median, and every run. */
export function printRows(results) {
  console.log('| case | median | all runs | tasks took | script | layout | style | long tasks |')
  console.log('|---|---:|---|---:|---:|---:|---:|---:|')
  for (const [name, runs] of results) {
    const { tasksMs = '', scriptMs = '', layoutMs = '', styleMs = '', longTasks = '' } = Object(middleRun(runs))
    const all = runs.map((run) => shown(figureOf(run))).join(' ')
    console.log(
      `| ${name} | ${shown(median(runs))} | ${all} | ${tasksMs} | ${scriptMs} | ${layoutMs} | ${styleMs} | ${longTasks} |`,
    )
  }
}

/** Each bar that this run has the figures for. */
export function printBars(results, peer) {
  const at = (name) => (results.has(name) ? median(results.get(name)) : undefined)
  const ratio = (one, other) => (at(one) === undefined || at(other) === undefined ? undefined : at(one) / at(other))
  const dropped = (name) => results.get(`frames ${name}`)?.[0].dropped
  const bars = [
    ['composer usable, slow 4G and CPU × 4, to deep-chat', ratio('ready parley', 'ready deep-chat'), 0.8, ' ×'],
    ['2,000 tokens at 5 ms, to deep-chat', ratio('stream parley 10', 'stream deep-chat 10'), 0.1, ' ×'],
    ['2,000 tokens at 5 ms, to the floor', ratio('stream parley 10', 'stream floor'), undefined, ' ×'],
    ['2,000 tokens at 5 ms, main thread busy', at('stream parley 10'), 800, ' ms'],
    ['2,000 tokens at once, main thread busy', at('burst parley 10'), 120, ' ms'],
    ['dropped frames', dropped('parley'), 0, ''],
    ['dropped frames of the floor', dropped('floor'), undefined, ''],
    ['dropped frames of a page that does nothing', dropped('idle'), undefined, ''],
    ['the same in a thread of 200 messages', ratio('stream parley 200', 'stream parley 10'), 1.15, ' ×'],
    ['the same in a thread of 1,000 messages', ratio('stream parley 1000', 'stream parley 10'), 1.15, ' ×'],
    ['opening 1,000 messages, to opening 10', ratio('opening parley 1000', 'opening parley 10'), 1.3, ' ×'],
    ['heap, empty', at('heap parley 0'), 4, ' MB'],
    ['heap, 1,000 messages', at('heap parley 1000'), 10, ' MB'],
  ].filter(([, figure]) => figure !== undefined)
  if (peer) console.log(`\ndeep-chat ${peer.version}: ${(peer.bytes / 1024).toFixed(1)} KB brotli at start`)
  console.log('\n| what | figure | bar | |\n|---|---:|---:|---|')
  for (const [what, figure, limit, unit] of bars) {
    const isMet = limit === undefined ? '' : figure <= limit ? 'met' : 'MISSED'
    console.log(`| ${what} | ${shown(figure)}${unit} | ${limit === undefined ? '' : `≤ ${limit}${unit}`} | ${isMet} |`)
  }
}

const figureOf = (run) => (typeof run === 'number' ? run : run.busyMs)
const middleRun = (runs) => [...runs].sort((one, other) => figureOf(one) - figureOf(other))[(runs.length - 1) >> 1]
const median = (runs) => figureOf(middleRun(runs))
const shown = (value) => String(value < 20 ? Number(value.toFixed(2)) : Math.round(value))
