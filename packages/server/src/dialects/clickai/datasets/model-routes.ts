import type { Route } from '../../dialect.js'
import { invalidParam } from '../errors.js'
import type { KnowledgeCalls } from './decode-call.js'
import { PROVIDER } from './encode.js'
import { ABOUT } from './routes-schema.js'

const TYPES = ['llm', 'text-embedding', 'rerank', 'speech2text', 'tts', 'moderation']

/** The models of knowledge: what the server embeds and reranks with, and nothing where it has none. */
export const modelRoutes = ({ knowledge, callerOf }: KnowledgeCalls): Route[] => [
  {
    method: 'GET',
    path: '/v1/workspaces/current/models/model-types/:type',
    description: ABOUT.listModels,
    async handle(request, { params: { type = '' } }) {
      await callerOf(request)
      if (!TYPES.includes(type)) throw invalidParam('model_type', `model_type must be one of ${TYPES.join(', ')}.`)
      const models = { 'text-embedding': knowledge.embedder?.model, rerank: knowledge.reranker?.model }
      const model = new Map(Object.entries(models)).get(type)
      return Response.json({ data: model === undefined ? [] : [encodeProvider(model, type)] })
    },
  },
]

const encodeProvider = (model: string, type: string) => ({
  provider: PROVIDER,
  label: { en_US: 'Parley' },
  icon_small: null,
  icon_large: null,
  status: 'active',
  models: [
    {
      model,
      label: { en_US: model },
      model_type: type,
      features: null,
      fetch_from: 'predefined-model',
      model_properties: {},
      deprecated: false,
      status: 'active',
      load_balancing_enabled: false,
    },
  ],
})
