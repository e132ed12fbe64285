import { z } from 'zod'
import { appFormSchema, appModeSchema } from '../run/app-form.js'
import { presentationChangeSchema, presentationSchema } from './presentation.js'
import { streamLanguageSchema } from './stream-language.js'
import { adminPageQuerySchema, adminPageSchema, givenIdSchema, nameSchema, timeSchema } from './wire.js'

/** Paths below the chat's endpoint, which an app of that name could not be reached by. */
const RESERVED_NAMES = ['health', 'session', 'refresh', 'threads', 'files', 'ws']

const appNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.:-]{0,199}$/,
    'it must be letters, digits and any of . _ : - and begin with a letter or digit',
  )
  .refine((name) => !RESERVED_NAMES.includes(name), `it must not be one of ${RESERVED_NAMES.join(', ')}`)

const documentSchema = z.strictObject({
  title: z.string().trim().min(1).max(500),
  text: z.string().min(1).max(1_000_000).describe('Markdown or plain text.'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where people can read it; citations lead there.'),
})

const functionNameSchema = z.string().regex(/^[\w-]{1,64}$/, 'it must be letters, digits, _ and -, at most 64')

/** The place is the app's choice; what follows it may be the model's. */
const urlTemplateSchema = z
  .string()
  .max(2000)
  .refine(
    (url) => URL.canParse(url.replace(/\{\w+\}/g, 'x')),
    'it must be a full address, for example https://api.example.com/orders/{id}',
  )
  .refine((url) => /^https?:\/\/[^/?#{}@\s]+(?:[/?#]|$)/.test(url), 'parameters may stand behind the host, not in it')

const mcpToolNamesSchema = z.array(z.string().min(1).max(200)).max(500)

/** What an agent may use. A bare name is a tool without settings. */
/** A tool with its settings. */
export const writtenToolSchema = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('web_search') })
    .describe('Searches the web: at OpenAI with its own models, else by the search service of this server.'),
  z
    .strictObject({ type: z.literal('memory') })
    .describe('Remembers facts about its user across threads, tells and forgets them.'),
  z
    .strictObject({ type: z.literal('code_interpreter') })
    .describe('Runs code the model writes: at OpenAI with its own models, else in a sandbox of this server.'),
  z
    .strictObject({
      type: z.literal('knowledge_base'),
      description: z.string().max(1000).optional().describe('What the model reads: what the knowledge is about.'),
      knowledge: z.array(givenIdSchema).max(20).optional().describe('Ids of knowledge bases of the workspace.'),
      documents: z.array(documentSchema).max(100).default([]).describe('A few texts that belong to this app alone.'),
    })
    .describe('Searches these; answers cite them.'),
  z
    .strictObject({ type: z.literal('image_generation') })
    .describe('Makes pictures: at OpenAI with its own models, else by PARLEY_IMAGE_MODEL.'),
  z
    .strictObject({
      type: z.literal('http'),
      name: functionNameSchema,
      description: z.string().max(4000).optional(),
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
      url: urlTemplateSchema,
      headers: z
        .record(
          z.string().regex(/^[\w-]{1,100}$/, 'it must be the name of a header'),
          z.string().regex(/^[\t\x20-\x7e]{0,4000}$/, 'it must be a header’s value'),
        )
        .optional()
        .describe(
          'The model never sees them. `{{NAME}}` stands for a secret of the workspace, or of the server (PARLEY_TOOL_SECRETS).',
        ),
      parameters: z.record(z.string(), z.unknown()).optional().describe('A JSON schema of an object.'),
    })
    .describe('Sends a request. Parameters without a gap in the URL go into the query or the JSON body.'),
  z
    .strictObject({
      type: z.literal('mcp'),
      server: givenIdSchema.describe('Id of an MCP server of the workspace, or of this server’s settings.'),
      tools: mcpToolNamesSchema.optional().describe('The tools the agent gets. Absent: all that the server has.'),
      approval: z
        .union([
          z.enum(['never', 'always']),
          z.strictObject({ always: mcpToolNamesSchema.optional(), never: mcpToolNamesSchema.optional() }),
        ])
        .optional()
        .describe('Which calls the person has to allow. Absent: none of them.'),
    })
    .describe('The tools of an MCP server. While it cannot be reached, the agent answers without them.'),
  z
    .strictObject({
      type: z.literal('function'),
      function: z.strictObject({
        name: functionNameSchema,
        description: z.string().max(4000).optional(),
        parameters: z.record(z.string(), z.unknown()).optional().describe('A JSON schema of an object.'),
      }),
    })
    .describe('Runs in the page: ChatKit’s client tool (`onClientTool`).'),
])

export const agentToolSchema = z
  .preprocess((tool) => (typeof tool === 'string' ? { type: tool } : tool), writtenToolSchema)
  .meta({ id: 'AgentTool' })

const agentShape = {
  model: z.string().trim().min(1).max(200).describe('A name the server’s model host knows. Absent: its default.'),
  provider: z.string().min(1).max(100).describe('Id of a model host of the workspace. Absent: the server’s.'),
  instructions: z.string().max(100_000),
  temperature: z.number().min(0).max(2),
  tools: z.array(agentToolSchema).max(64).describe('A bare name such as "web_search" is a tool without settings.'),
  history_limit: z.int().min(1).max(10_000).describe('How many of the newest items the model reads. Absent: all.'),
  memory: z
    .strictObject({
      max_tokens: z
        .int()
        .min(500)
        .max(10_000_000)
        .optional()
        .describe(
          'Tokens of the conversation a request holds, at most. Absent: by what the model can read, where known.',
        ),
      summarize: z.boolean().optional().describe('Whether a model takes notes of what no longer fits. Absent: yes.'),
    })
    .describe('How much of a long conversation the model is told. Absent: all that fits, where that is known.'),
  max_turns: z.int().min(1).max(100).describe('Model calls per answer, at most. Absent: 10.'),
  mode: z
    .enum(['chat', 'agent-chat', 'completion'])
    .describe(
      '`completion` writes one text from its inputs and keeps no conversation. Absent: `agent-chat` with tools, else `chat`.',
    ),
  inputs: appFormSchema.describe(
    'What is asked for when a thread begins; `{{name}}` in the instructions stands for a value.',
  ),
}

export const agentConfigSchema = z
  .strictObject({
    model: agentShape.model.optional(),
    provider: agentShape.provider.optional(),
    instructions: agentShape.instructions.default(''),
    temperature: agentShape.temperature.optional(),
    tools: agentShape.tools.default([]),
    history_limit: agentShape.history_limit.optional(),
    memory: agentShape.memory.optional(),
    max_turns: agentShape.max_turns.optional(),
    mode: agentShape.mode.optional(),
    inputs: agentShape.inputs.optional(),
  })
  .refine(hasUniqueTools, 'two tools have the same name')
  .meta({ id: 'AgentConfig' })

function hasUniqueTools({ tools }: { tools: z.output<typeof agentToolSchema>[] }): boolean {
  const names = tools.map((tool) => {
    if (tool.type === 'function') return tool.function.name
    if (tool.type === 'http') return tool.name
    return tool.type === 'mcp' ? `mcp ${tool.server}` : `${tool.type}()`
  })
  return new Set(names).size === names.length
}

const onDisconnectSchema = z
  .enum(['cancel', 'continue'])
  .describe('What a closed connection of a client that cannot come back means.')

const mostRunsSchema = z
  .int()
  .min(1)
  .max(100_000)
  .describe(
    'How many answers are written at once, by all servers that share a Redis, else by each; more are refused (429). `null`: as many as are asked for.',
  )

const aliasesSchema = z
  .array(appNameSchema)
  .max(50)
  .describe('Other names of the app, e.g. the id of a hosted workflow.')

/** What an app is that comes with the server. */
const codeAppSchema = z
  .object({
    file: z.string().nullable().describe('Where it is written, from the apps folder; `null`: in the server itself.'),
    answers: z
      .enum(['agent', 'respond', 'workflow'])
      .nullable()
      .describe('What its file exports, e.g. Agent Builder’s `runWorkflow`; `null`: nothing that can be read.'),
    mode: appModeSchema,
    inputs: appFormSchema,
    agent: z
      .object({
        name: z.string(),
        instructions: z.string().nullable().describe('`null`: a function writes them.'),
        model: z.string().nullable().describe('`null`: the server’s.'),
        tools: z.array(z.object({ name: z.string(), description: z.string().nullable() })),
        handoffs: z.array(z.string()).describe('Agents it can hand over to, by name.'),
      })
      .optional()
      .describe('Absent in lists, and where nobody can say before it runs.'),
  })
  .meta({ id: 'CodeApp' })

export const adminAppSchema = z
  .object({
    id: z.string(),
    object: z.literal('app'),
    kind: z.enum(['agent', 'code']).describe('`code`: it comes with the server and cannot be changed here.'),
    name: z.string(),
    description: z.string().nullable(),
    aliases: z.array(z.string()),
    is_default: z.boolean().describe('Whether it answers at `/api/chatkit`.'),
    on_disconnect: onDisconnectSchema,
    max_concurrent_runs: mostRunsSchema.nullable(),
    stream_language: streamLanguageSchema.nullable(),
    version: z.string().nullable().describe('The version that answers; every change of `agent` makes a new one.'),
    agent: agentConfigSchema.nullable().describe('`null`: it is code.'),
    code: codeAppSchema.optional().describe('Of an app that is code.'),
    presentation: presentationSchema,
    problems: z
      .array(z.object({ param: z.string(), message: z.string() }))
      .describe('What of it cannot work on this server as it is set up, and what to do.'),
    created_at: timeSchema.nullable(),
    updated_at: timeSchema.nullable(),
  })
  .meta({ id: 'App' })

export const adminAppPageSchema = adminPageSchema(adminAppSchema).meta({ id: 'AppPage' })
export const adminAppQuerySchema = adminPageQuerySchema

export const createAppBodySchema = z
  .strictObject({
    id: appNameSchema.optional().describe('Absent: a new one. It never changes.'),
    name: nameSchema,
    description: z.string().max(4000).nullish(),
    aliases: aliasesSchema.default([]),
    on_disconnect: onDisconnectSchema.default('cancel'),
    max_concurrent_runs: mostRunsSchema.nullish(),
    stream_language: streamLanguageSchema.nullish(),
    agent: agentConfigSchema,
    presentation: presentationSchema.optional(),
  })
  .meta({ id: 'CreateApp' })

export const updateAppBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    description: z.string().max(4000).nullish(),
    aliases: aliasesSchema.optional(),
    on_disconnect: onDisconnectSchema.optional(),
    max_concurrent_runs: mostRunsSchema.nullish(),
    stream_language: streamLanguageSchema.nullish(),
    agent: z
      .strictObject({
        model: agentShape.model.nullish(),
        provider: agentShape.provider.nullish(),
        instructions: agentShape.instructions.optional(),
        temperature: agentShape.temperature.nullish(),
        tools: agentShape.tools.optional(),
        history_limit: agentShape.history_limit.nullish(),
        memory: agentShape.memory.nullish(),
        max_turns: agentShape.max_turns.nullish(),
        mode: agentShape.mode.nullish(),
        inputs: agentShape.inputs.nullish(),
      })
      .optional()
      .describe('Fields that are left out stay as they are; `null` clears one.'),
    presentation: presentationChangeSchema.optional(),
  })
  .meta({ id: 'UpdateApp' })

/** An app as the admin API shows it. */
export type AdminApp = z.infer<typeof adminAppSchema>
/** What a stored agent is made of. */
export type AgentConfig = z.output<typeof agentConfigSchema>
/** What an agent may use. */
export type AgentTool = z.output<typeof agentToolSchema>
/** What a new app is made from. */
export type CreateAppBody = z.input<typeof createAppBodySchema>
/** What changes about an app. */
export type UpdateAppBody = z.input<typeof updateAppBodySchema>
