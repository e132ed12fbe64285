import { z } from 'zod'

/** What an app has besides its words. Source: the Xpert contract, section 5.1 (`RuntimeCapability`). */
const pluginSchema = z.object({
  nodeKey: z.string(),
  provider: z.string().describe('The kind of tool.'),
  label: z.string(),
  description: z.string().optional(),
  toolNames: z.array(z.string()).optional().describe('Left out: what its server has.'),
})
export type Plugin = z.infer<typeof pluginSchema>

export const capabilitiesSchema = z.object({
  skills: z.array(z.never()),
  plugins: z.array(pluginSchema).describe('The tools of the app.'),
  subAgents: z.array(z.never()),
})
export type Capabilities = z.infer<typeof capabilitiesSchema>
