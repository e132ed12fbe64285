import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '../base/log.js'
import type { AskModel, CaseResult, Cases, Target } from '../evaluation/index.js'
import { resolveModels } from '../models/model-settings.js'
import type { ModelSource } from '../models/model-source.js'
import { type Settings, SettingsError } from '../node/settings.js'
import type { CommandInput } from './command.js'
import { loadEvaluation } from './load-evaluation.js'
import { serve } from './serve.js'

const WEB_FOLDER = fileURLToPath(new URL('../web', import.meta.url))
const MOST_PARALLEL = 64

/** The report says what matters to whoever runs the cases. */
const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * `parley eval`: puts the cases of a file to an app of the folder, or of a server that is named. The exit code is 1 when
 * one of them fails.
 *
 * @throws {SettingsError} when they cannot be put at all
 */
export async function runEval({ settings, operands: [file = ''], flags }: CommandInput): Promise<string> {
  const evaluation = loadEvaluation()
  try {
    const cases = evaluation.readCases(readFile(file), file)
    const app = cases.app ?? settings.defaultApp
    const parallel = readParallel(flags.parallel)
    return await withServer({ settings, flags, app }, async ({ target, model, offline }) => {
      const results = await evaluation.evaluate(cases, {
        target,
        parallel,
        askModel: judgeOf(cases, resolveModels(settings.model)),
        onResult: progress(cases.cases.length),
      })
      const tested = { file, app, model, offline }
      if (flags.junit !== undefined) writeFileSync(flags.junit, evaluation.junitReport(tested, results))
      if (results.some(({ passed }) => !passed)) process.exitCode = 1
      return flags.json === undefined ? evaluation.textReport(tested, results) : evaluation.jsonReport(tested, results)
    })
  } catch (thrown) {
    if (thrown instanceof evaluation.EvaluationError) throw new SettingsError([thrown.message])
    throw thrown
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'There is no' : 'Nobody can read the'
    throw new SettingsError([`${reason} file ${path}. Write cases as docs/eval.md says, and name their file.`])
  }
}

function readParallel(text = '4'): number {
  const parallel = Number(text)
  if (Number.isInteger(parallel) && parallel >= 1 && parallel <= MOST_PARALLEL) return parallel
  throw new SettingsError([`--parallel must be a whole number from 1 to ${MOST_PARALLEL}.`])
}

interface Answering {
  target: Target
  model: string
  offline: boolean
}

/** The server that is named; else one of this process, with nothing stored before, which is gone afterwards. */
async function withServer<Answer>(
  { settings, flags, app }: { settings: Settings; flags: CommandInput['flags']; app: string },
  use: (answering: Answering) => Promise<Answer>,
): Promise<Answer> {
  if (flags.url !== undefined) return use(await distant(flags, app))
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-eval-'))
  const { databaseUrl: _, redisUrl: __, apiKey: ___, appKey: ____, s3: _____, traces: ______, ...kept } = settings
  try {
    const served = await serve(
      { ...kept, dataDir, port: 0, host: '127.0.0.1', environment: 'development', rateLimits: {} },
      WEB_FOLDER,
      SILENT,
    )
    try {
      return await use({
        target: { url: served.url, apiKey: 'development', app },
        model: await describeModel(served.models),
        offline: served.models.kind === 'offline',
      })
    } finally {
      await served.close(0)
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function distant(
  { url = '', 'key-env': keyEnv = 'PARLEY_API_KEY' }: CommandInput['flags'],
  app: string,
): Promise<Answering> {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new SettingsError(['--url must be the full address of a server, for example https://chat.example.com'])
  const apiKey = process.env[keyEnv]?.trim()
  if (!apiKey)
    throw new SettingsError([
      `${keyEnv} is empty: put an API key of that server into it, or name another variable with --key-env.`,
    ])
  const target = { url: url.replace(/\/+$/, ''), apiKey, app }
  return { target, model: target.url, offline: await isOffline(target.url) }
}

/** Whether a server says that it has no language model. One that says nothing is asked all the same. */
async function isOffline(url: string): Promise<boolean> {
  try {
    const health: unknown = await (await fetch(`${url}/api/chatkit/health`)).json()
    return Object(health).openai_key_configured === false
  } catch {
    return false
  }
}

const describeModel = (models: ModelSource): Promise<string> =>
  models.describe().catch((thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)))

/** Rubrics are judged by the model of these settings, wherever the app is. */
function judgeOf({ judge }: Cases, models: ModelSource): AskModel | undefined {
  if (models.kind === 'offline') return undefined
  return async ({ instructions, input }) => {
    const model = await models.model(judge?.model)
    const { output } = await model.getResponse({
      systemInstructions: instructions,
      input,
      modelSettings: { temperature: 0 },
      tools: [],
      handoffs: [],
      outputType: 'text',
      tracing: false,
    })
    return output
      .flatMap((item) => (item.type === 'message' && item.role === 'assistant' ? item.content : []))
      .map((part) => (part.type === 'output_text' ? part.text : ''))
      .join('')
  }
}

/** One line a case, beside the report. */
function progress(total: number): (result: CaseResult) => void {
  let done = 0
  return ({ name, passed }) => {
    done += 1
    console.error(`${done}/${total} ${passed ? '✓' : '✗'} ${name}`)
  }
}
