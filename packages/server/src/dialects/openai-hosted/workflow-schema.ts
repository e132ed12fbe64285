import { agentConfigSchema } from '@parley/protocol/admin'
import { z } from 'zod'

const { model, instructions, temperature, tools } = agentConfigSchema.shape

/** Body of `POST /v1/agent_builder/workflows`. Source: seed 003, "Creating Workflows". */
export const workflowBodySchema = z.object({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(4000).nullish(),
  model: model.nullish(),
  instructions,
  temperature: temperature.nullish(),
  tools,
})

/** What is left out stays as it is; `null` clears. */
export const updateWorkflowBodySchema = z.object({
  name: workflowBodySchema.shape.name.optional(),
  description: workflowBodySchema.shape.description,
  model: workflowBodySchema.shape.model,
  instructions: instructions.unwrap().optional(),
  temperature: workflowBodySchema.shape.temperature,
  tools: tools.unwrap().optional(),
})
