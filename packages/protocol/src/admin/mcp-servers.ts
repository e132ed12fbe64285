import { z } from 'zod'
import { adminPageQuerySchema, adminPageSchema, nameSchema, timeSchema } from './wire.js'

const serverIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'it must be letters, digits, dots, dashes and underscores')

const urlSchema = z
  .url({ protocol: /^https?$/, error: 'it must be a full address, for example https://docs.example.com/mcp' })
  .max(2000)
  .refine((url) => {
    if (!URL.canParse(url)) return true // said already
    const { username, password } = new URL(url)
    return username === '' && password === ''
  }, 'it must hold no user name and no password: put them into a secret, and name it in a header')
  .describe('Where it speaks streamable HTTP.')

/** Headers that are nothing but a secret; one that stands here for all to read is a mistake. */
const SECRET_HEADERS = /^(authorization|proxy-authorization|cookie|x-api-key|api-key|x-auth-token)$/i

const headersSchema = z
  .record(
    z.string().regex(/^[\w-]{1,100}$/, 'it must be the name of a header'),
    z.string().regex(/^[\t\x20-\x7e]{0,4000}$/, 'it must be a header’s value'),
  )
  .superRefine((headers, { addIssue }) => {
    for (const [name, value] of Object.entries(headers))
      if (SECRET_HEADERS.test(name) && !/\{\{\s*\w+\s*\}\}/.test(value))
        addIssue({
          code: 'custom',
          path: [name],
          message: 'it must name a secret, for example Bearer {{DOCS_KEY}}; what stands here itself can be read',
        })
  })
  .describe('`{{NAME}}` stands for a secret of the workspace, or of the server (PARLEY_TOOL_SECRETS).')

const timeoutSchema = z.int().min(1).max(3600).describe('How long a call may take. Absent: 60.')

const oauthSchema = z
  .strictObject({
    client_id: z.string().min(1).max(2000).optional().describe('Absent: this server registers itself there.'),
    client_secret: z.string().min(1).max(4000).optional().describe('Stored encrypted; no answer ever holds it.'),
    scope: z.string().min(1).max(2000).optional().describe('Absent: what the server asks for.'),
  })
  .refine(({ client_id, client_secret }) => client_secret === undefined || client_id !== undefined, {
    error: 'a client_secret needs the client_id it is for',
    path: ['client_id'],
  })
  .describe('How people sign in there. Another one is another login: somebody has to connect it anew.')

export const adminMcpServerSchema = z
  .object({
    id: z.string(),
    object: z.literal('mcp_server'),
    name: z.string(),
    source: z
      .enum(['workspace', 'server'])
      .describe('`server`: it comes with the settings of this server, and cannot be changed here.'),
    url: z.string().nullable().describe('`null`: it is a program on the machine of this server.'),
    headers: z.record(z.string(), z.string()),
    timeout_seconds: z.int().nullable().describe('`null`: 60.'),
    oauth: z
      .object({
        client_id: z.string().nullable(),
        scope: z.string().nullable(),
        connected_at: timeSchema.nullable().describe('`null`: nobody has signed in there.'),
      })
      .nullable()
      .describe('`null`: it is reached without a login.'),
    created_at: timeSchema.nullable(),
    updated_at: timeSchema.nullable(),
  })
  .meta({ id: 'McpServer' })

export const adminMcpServerPageSchema = adminPageSchema(adminMcpServerSchema).meta({ id: 'McpServerPage' })
export const adminMcpServerQuerySchema = adminPageQuerySchema

export const createMcpServerBodySchema = z
  .strictObject({
    id: serverIdSchema.optional().describe('Absent: a new one. It never changes.'),
    name: nameSchema,
    url: urlSchema,
    headers: headersSchema.optional(),
    timeout_seconds: timeoutSchema.optional(),
    oauth: oauthSchema.optional(),
  })
  .meta({ id: 'CreateMcpServer' })

export const updateMcpServerBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    url: urlSchema.optional(),
    headers: headersSchema.nullish(),
    timeout_seconds: timeoutSchema.nullish(),
    oauth: oauthSchema.nullish(),
  })
  .describe('Fields that are left out stay as they are; `null` clears one.')
  .meta({ id: 'UpdateMcpServer' })

export const adminMcpTestSchema = z
  .object({
    tools: z.array(z.object({ name: z.string(), title: z.string().nullable(), description: z.string().nullable() })),
    problem: z.string().nullable().describe('Why it cannot be reached, and what to do; `null`: it answered.'),
  })
  .meta({ id: 'McpTest' })

export const adminMcpConnectSchema = z
  .object({ authorization_url: z.string().describe('Where a person signs in. It is good for ten minutes.') })
  .meta({ id: 'McpConnect' })

export const finishMcpConnectBodySchema = z
  .strictObject({
    state: z.string().min(1).max(1000),
    code: z.string().min(1).max(4000),
    iss: z.string().max(2000).optional(),
  })
  .meta({ id: 'FinishMcpConnect' })

/** Where to sign in. */
export type AdminMcpConnect = z.infer<typeof adminMcpConnectSchema>
/** What a person brings back from there. */
export type FinishMcpConnectBody = z.input<typeof finishMcpConnectBodySchema>
/** A server whose tools apps may have. */
export type AdminMcpServer = z.infer<typeof adminMcpServerSchema>
/** What one offers now. */
export type AdminMcpTest = z.infer<typeof adminMcpTestSchema>
/** What a new one is made from. */
export type CreateMcpServerBody = z.input<typeof createMcpServerBodySchema>
/** What changes about one. */
export type UpdateMcpServerBody = z.input<typeof updateMcpServerBodySchema>
