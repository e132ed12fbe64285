import type { Route } from '../../dialect.js'
import { invalidParam } from '../errors.js'
import type { KnowledgeCalls } from './decode-call.js'
import { PROVIDER } from './encode.js'
import { ABOUT } from './routes-schema.js'

const TYPES = ['llm', 'text-embedding', 'rerank', 'speech2text', 'tts', 'moderation']

/** The models that knowledge can be made with: the server's embedding model, and nothing where it has none. */
export const modelRoutes = ({ knowledge, callerOf }: KnowledgeCalls): Route[] => [
  {
    method: 'GET',
    path: '/v1/workspaces/current/models/model-types/:type',
    description: ABOUT.listModels,
    async handle(request, { params: { type = '' } }) {
      await callerOf(request)
      if (!TYPES.includes(type)) throw invalidParam('model_type', `model_type must be one of ${TYPES.join(', ')}.`)
      const model = type === 'text-embedding' ? knowledge.embedder?.model : undefined
      return Response.json({ data: model === undefined ? [] : [encodeProvider(model)] })
    },
  },
]

const encodeProvider = (model: string) => ({
  provider: PROVIDER,
  label: { en_US: 'Parley' },
  icon_small: null,
  icon_large: null,
  status: 'active',
  models: [
    {
      model,
      label: { en_US: model },
      model_type: 'text-embedding',
      features: null,
      fetch_from: 'predefined-model',
      model_properties: {},
      deprecated: false,
      status: 'active',
      load_balancing_enabled: false,
    },
  ],
})
