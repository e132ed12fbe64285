import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { loadAgentsSdk } from '../agents/sdk.js'
import { createKeywordIndex, type KeywordIndex } from '../knowledge/keyword-index.js'
import { WORKFLOW_MODULE } from './agent-builder/read-export.js'
import type { OwnModules } from './load-module.js'

/** What every app file may import: the Agents SDK of this server, zod, and Parley itself. */
export async function ownModules(): Promise<OwnModules> {
  await loadAgentsSdk() // with its traces turned off
  const [sdk, zod, parley, agents] = await Promise.all([
    import('./agents-sdk-exports.js'),
    import('zod'),
    import('../index.js'),
    import('../agents/index.js'),
  ])
  return {
    '@openai/agents': sdk,
    '@openai/agents-core': sdk,
    zod,
    '@parley/server': parley,
    '@parley/server/agents': agents,
  }
}

/** What a file from Agent Builder may import besides: its runs, guardrails and searches happen here. */
export async function workflowModules(knowledge: KeywordIndex | undefined): Promise<OwnModules> {
  const [own, { workflowAgentsModule }, { workflowModule }, { workflowOpenAiModule }, { workflowGuardrailsModule }] =
    await Promise.all([
      ownModules(),
      import('./agent-builder/agents-module.js'),
      import('./agent-builder/workflow-module.js'),
      import('./agent-builder/openai-module.js'),
      import('./agent-builder/guardrails-module.js'),
    ])
  const agents = workflowAgentsModule()
  return {
    ...own,
    '@openai/agents': agents,
    '@openai/agents-core': agents,
    '@openai/guardrails': workflowGuardrailsModule(knowledge),
    openai: workflowOpenAiModule(knowledge),
    [WORKFLOW_MODULE]: workflowModule,
  }
}

/** Texts beside the file, in `knowledge/<its name>/` (of `name/index.ts` in `name/knowledge/`): what its searches find. */
export function knowledgeOf(file: string): KeywordIndex | undefined {
  const name = basename(file, extname(file))
  const folder = name === 'index' ? join(dirname(file), 'knowledge') : join(dirname(file), 'knowledge', name)
  if (!existsSync(folder)) return undefined
  const documents = readdirSync(folder)
    .filter((name) => /\.(md|txt)$/i.test(name))
    .map((filename) => ({
      title: basename(filename, extname(filename)),
      filename,
      text: readFileSync(join(folder, filename), 'utf8'),
    }))
  return createKeywordIndex(documents)
}
