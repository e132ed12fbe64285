import type { FunctionTool, RunContext as ToolContext } from '@openai/agents-core'
import type { CodeFile, CodeLanguage, RunCode } from '../../base/run-code.js'
import type { AgentContext } from '../agent-context.js'
import { loadAgentsSdk } from '../sdk.js'
import { showFiles } from './show-files.js'
import { filesOfThread } from './thread-files.js'

export interface CodeInterpreterOptions {
  /** What runs the code: `codeRunner()` of `@parley/server/node`. */
  runCode: RunCode
  /** Default `code_interpreter`. */
  name?: string
  /** Which languages the model may write. Default: both, Python first. */
  languages?: CodeLanguage[]
}

/**
 * A tool that runs code the model writes. The code finds the files of the conversation in `/files`; what it writes there
 * is shown: pictures as pictures, anything else as something to download.
 */
export async function codeInterpreterTool({
  runCode,
  name = 'code_interpreter',
  languages = ['python', 'javascript'],
}: CodeInterpreterOptions): Promise<FunctionTool<AgentContext>> {
  const { tool } = await loadAgentsSdk()
  const made = new WeakMap<AgentContext, CodeFile[]>()
  return tool({
    name,
    description: [
      'Runs code and tells what it printed and its last value.',
      ...languages.map((one) => ABOUT[one]),
      ABOUT_FILES,
    ].join(' '),
    strict: true,
    parameters: {
      type: 'object',
      properties: {
        language: { type: 'string', enum: languages },
        code: { type: 'string', description: 'The whole program: nothing is left of an earlier one but its files.' },
      },
      required: ['language', 'code'],
      additionalProperties: false,
    },
    async execute(input, toolContext?: ToolContext<AgentContext>, details?: { signal?: AbortSignal }) {
      const { language, code } = input as { language?: unknown; code?: unknown } // the model fills it in: it may be anything
      const wanted = languages.find((one) => one === language)
      if (!wanted || typeof code !== 'string') return `Give a language (${languages.join(' or ')}) and code.`
      const context = toolContext?.context
      const earlier = (context && made.get(context)) ?? []
      const given = context ? await filesOfThread(context, earlier) : { files: [] }
      const outcome = await runCode({ language: wanted, code, files: given.files }, details?.signal)
      if (context) made.set(context, [...earlier, ...outcome.files])
      const shown = context ? await showFiles(context, outcome.files) : []
      const part = (title: string, text: string | undefined) => (text ? [`${title}:\n${text.trimEnd()}`] : [])
      return (
        [
          ...part('Output', outcome.output),
          ...part('Result', outcome.result),
          ...part('Error', outcome.error),
          ...part('Files', shown.join('\n')),
          ...part('Note', [given.note, outcome.note].filter(Boolean).join('\n')),
        ].join('\n\n') || 'The code ran. It printed nothing, and its last line is no value.'
      )
    },
  }) as FunctionTool<AgentContext> // a JSON schema leaves the type of the arguments open
}

const ABOUT: Record<CodeLanguage, string> = {
  python:
    'Python 3 with its standard library; the working folder is /files, and figures of matplotlib, where it is there, are shown by themselves.',
  javascript:
    'JavaScript (ES2023, no Node, no browser): console.log, listFiles(), readText(name), readBytes(name), writeFile(name, textOrBytes).',
}

const ABOUT_FILES =
  'The files of the conversation are in /files. Whatever is written there is shown to the person at once, so do not repeat it or link to it. There is no network.'
