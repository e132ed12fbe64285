import { z } from 'zod'
import type { RouteDescription } from '../../../http/route-description.js'
import {
  itemNameSchema,
  itemPutSchema,
  itemQuerySchema,
  itemSchema,
  itemSearchSchema,
  namespaceSearchSchema,
} from './schema.js'

const group = 'Store'
const name = { namespace: ['preferences'], key: 'theme' }

export const putItem: RouteDescription = {
  group,
  id: 'putItem',
  summary: 'Keep a value for the user, in no thread.',
  body: itemPutSchema,
  example: { ...name, value: { colour: 'blue' } },
  status: 204,
}

export const getItem: RouteDescription = {
  group,
  id: 'getItem',
  summary: 'Get a value; `null` when there is none.',
  query: itemQuerySchema,
  exampleQuery: { namespace: 'preferences', key: 'theme' },
  answer: itemSchema.nullable(),
}

export const deleteItem: RouteDescription = {
  group,
  id: 'deleteItem',
  summary: 'Delete a value.',
  body: itemNameSchema,
  example: name,
  status: 204,
}

export const searchItems: RouteDescription = {
  group,
  id: 'searchItems',
  summary: 'Find values below a namespace, by what they hold.',
  body: itemSearchSchema,
  example: { namespace_prefix: ['preferences'], limit: 10 },
  answer: z.object({ items: z.array(itemSchema) }),
}

export const listNamespaces: RouteDescription = {
  group,
  id: 'listNamespaces',
  summary: 'List the namespaces that hold values.',
  body: namespaceSearchSchema,
  example: { limit: 100 },
  answer: z.object({ namespaces: z.array(z.array(z.string())) }),
}
