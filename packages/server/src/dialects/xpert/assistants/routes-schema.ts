import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import { capabilitiesSchema } from './capabilities-schema.js'
import {
  assistantCountSchema,
  assistantCreateSchema,
  assistantLatestSchema,
  assistantSchema,
  assistantSearchSchema,
  assistantUpdateSchema,
  assistantVersionsSchema,
  componentSchema,
} from './schema.js'

const assistants = { group: 'Assistants' } as const

export const searchAssistants: RouteDescription = {
  ...assistants,
  id: 'searchAssistants',
  summary: 'List the apps this key reaches.',
  body: assistantSearchSchema,
  example: { limit: 10 },
  answer: z.array(assistantSchema),
}

export const countAssistants: RouteDescription = {
  ...assistants,
  id: 'countAssistants',
  summary: 'Count them.',
  body: assistantCountSchema,
  example: {},
  answer: z.int(),
}

export const getAssistant: RouteDescription = {
  ...assistants,
  id: 'getAssistant',
  summary: 'Get an app, by its id or another name of it.',
  answer: assistantSchema,
  failures: [404],
}

export const getCapabilities: RouteDescription = {
  ...assistants,
  id: 'runtimeCapabilities',
  summary:
    'Get the tools of an app. A message may name those it is to be answered with, as `runtimeCapabilities`; else all of them may be used.',
  answer: capabilitiesSchema,
  failures: [404],
}

export const getGraph: RouteDescription = {
  ...assistants,
  id: 'getAssistantGraph',
  summary: 'Get the graph of an app: one node, which is the app.',
  answer: z.object({
    nodes: z.array(z.looseObject({ id: z.string() })),
    edges: z.array(z.looseObject({ source: z.string(), target: z.string() })),
  }),
  failures: [404],
}

export const getSchemas: RouteDescription = {
  ...assistants,
  id: 'getAssistantSchemas',
  summary: 'Get what an app takes and answers, as JSON Schemas.',
  answer: z.looseObject({ graph_id: z.string() }),
  failures: [404],
}

export const getSubgraphs: RouteDescription = {
  ...assistants,
  id: 'getAssistantSubgraphs',
  summary: 'Get the graphs inside the graph of an app: there are none.',
  answer: z.record(z.string(), z.unknown()),
  failures: [404],
}

/** It answers with a failure alone, and stands in no documentation of what can be called. */
export const getComponent: RouteDescription = {
  ...assistants,
  id: 'getAssistantComponent',
  summary: 'Ask for a UI component of an app: there are none.',
  body: componentSchema,
  failures: [404],
}

export const getVersions: RouteDescription = {
  ...assistants,
  id: 'listAssistantVersions',
  summary: 'List the versions of an app, newest first.',
  body: assistantVersionsSchema,
  example: { limit: 10, offset: 0 },
  answer: z.array(assistantSchema),
  failures: [404],
}

export const createAssistant: RouteDescription = {
  ...assistants,
  id: 'createAssistant',
  summary: 'Make an app from another one of the workspace. Needs a key with the scope `admin`.',
  body: assistantCreateSchema,
  example: { graph_id: 'APP_ID', name: 'Brief', config: { configurable: { instructions: 'Answer in one sentence.' } } },
  answer: assistantSchema,
  failures: [404, 409, 501],
}

export const updateAssistant: RouteDescription = {
  ...assistants,
  id: 'updateAssistant',
  summary: 'Change an app; other instructions or another model make a new version. Needs the scope `admin`.',
  body: assistantUpdateSchema,
  example: { name: 'Brief' },
  answer: assistantSchema,
  failures: [404, 409],
}

export const deleteAssistant: RouteDescription = {
  ...assistants,
  id: 'deleteAssistant',
  summary: 'Delete an app; its threads stay. Needs the scope `admin`.',
  status: 204,
  failures: [404, 409],
}

export const setLatest: RouteDescription = {
  ...assistants,
  id: 'setLatestAssistantVersion',
  summary: 'Let an earlier version answer again, as the newest one. Needs the scope `admin`.',
  body: assistantLatestSchema,
  example: { version: 1 },
  answer: assistantSchema,
  failures: [404, 409],
}
