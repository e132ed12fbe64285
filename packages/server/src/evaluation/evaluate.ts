import { ClientError, createChatKitClient, createServerClient } from '@parley/client'
import { checkTurn, type Finding } from './check-turn.js'
import { EvaluationError } from './evaluation-error.js'
import { type AskModel, judge } from './judge.js'
import { startTalk, type TurnResult } from './put-turn.js'
import type { Case, Cases } from './read-cases.js'

/** The server whose app is put to the test. */
export interface Target {
  url: string
  apiKey: string
  app: string
}

export interface CaseResult {
  name: string
  passed: boolean
  failures: { line: number; text: string }[]
  /** What is worth knowing and no failure: a limit that was passed, a rubric nobody judged. */
  notes: string[]
  turns: TurnResult[]
  tokens: { input: number; output: number }
  /** US dollars; absent without prices, and where nothing was counted. */
  cost?: number
  seconds: number
}

export interface EvaluationOptions {
  target: Target
  /** Absent: no language model is there to judge. */
  askModel?: AskModel
  /** How many cases at a time. */
  parallel: number
  /** Told of each case as it ends. */
  onResult?(result: CaseResult): void
  fetch?: typeof fetch
  /** Milliseconds. */
  now?: () => number
}

/**
 * Puts every case to the app, each as a person of its own in a conversation of its own, which is deleted afterwards.
 *
 * @returns the results in the order of the file
 * @throws {EvaluationError} when the server cannot be asked at all
 */
export async function evaluate(cases: Cases, options: EvaluationOptions): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  const waiting = [...cases.cases.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, given] = next
      const result = await runCase(given, cases, options)
      results[index] = result
      options.onResult?.(result)
    }
  }
  await Promise.all(Array.from({ length: options.parallel }, work))
  return results
}

async function runCase(given: Case, cases: Cases, options: EvaluationOptions): Promise<CaseResult> {
  const turns: TurnResult[] = []
  const findings: Finding[] = []
  const notes: string[] = []
  await inConversation(options, async (talk) => {
    for (const turn of given.turns) {
      const result = await talk.put(turn)
      turns.push(result)
      const expected = [...turn.at, 'expect']
      if (result.failure !== undefined) findings.push({ at: turn.at, text: result.failure })
      findings.push(...checkTurn(result, turn.expect ?? {}, expected))
      if (turn.expect?.rubric === undefined) continue
      if (!options.askModel) notes.push('its rubric was not judged: no language model is connected')
      else {
        const no = await judge(options.askModel, turns, turn.expect.rubric)
        if (no !== undefined) findings.push({ at: [...expected, 'rubric'], text: no })
      }
    }
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof ClientError)) throw thrown
    findings.push({ at: given.turns[turns.length]?.at ?? [], text: `it could not be asked: ${thrown.message}` })
  })
  const figures = figuresOf(turns, cases)
  return {
    name: given.name,
    passed: findings.length === 0,
    failures: findings.map(({ at, text }) => ({ line: cases.lineOf(at), text })),
    notes: [...notes, ...limitNotes(figures, given)],
    turns,
    ...figures,
  }
}

async function inConversation(
  { target: { url, apiKey, app }, fetch, now = () => performance.now() }: EvaluationOptions,
  talkOver: (talk: ReturnType<typeof startTalk>) => Promise<void>,
): Promise<void> {
  const { sessions } = createServerClient({ baseURL: `${url}/v1`, apiKey, ...(fetch && { fetch }) }).chatkit
  const user = `eval_${crypto.randomUUID()}`
  const session = await sessions
    .create({ user, workflow: { id: app }, rate_limits: { max_requests_per_1_minute: 100 } })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof ClientError)) throw thrown
      throw new EvaluationError(`The server at ${url} cannot be asked about the app "${app}": ${thrown.message}`)
    })
  const client = createChatKitClient({
    url: `${url}/v1/chatkit/conversation`,
    headers: { authorization: `Bearer ${session.client_secret}`, 'parley-client': 'eval/1' },
    ...(fetch && { fetch }),
  })
  const talk = startTalk(client, now)
  try {
    await talkOver(talk)
  } finally {
    if (talk.threadId !== undefined) await client.threads.delete({ thread_id: talk.threadId }).catch(() => undefined) // it is nobody's
    await sessions.cancel(session.id).catch(() => undefined) // it ends by itself in ten minutes
  }
}

function figuresOf(turns: TurnResult[], { prices }: Cases): Pick<CaseResult, 'tokens' | 'cost' | 'seconds'> {
  const sum = (read: (turn: TurnResult) => number) => turns.reduce((total, turn) => total + read(turn), 0)
  const tokens = { input: sum((turn) => turn.tokens.input), output: sum((turn) => turn.tokens.output) }
  const cost = prices && (tokens.input * prices.input + tokens.output * prices.output) / 1_000_000
  return { tokens, seconds: sum(({ seconds }) => seconds), ...(cost && { cost }) }
}

function limitNotes({ tokens, seconds }: Pick<CaseResult, 'tokens' | 'seconds'>, { limits }: Case): string[] {
  const used = tokens.input + tokens.output
  return [
    ...(limits.seconds !== undefined && seconds > limits.seconds
      ? [`it took ${seconds.toFixed(1)} s; its limit is ${limits.seconds} s`]
      : []),
    ...(limits.tokens !== undefined && used > limits.tokens
      ? [`it used ${used} tokens; its limit is ${limits.tokens}`]
      : []),
  ]
}
