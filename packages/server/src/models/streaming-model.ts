import type { Model, ModelRequest, ModelResponse } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'

/** Makes an Agents SDK `Model` of a function that streams: an answer in one piece is the end of the stream. */
export function streamingModel(stream: (request: ModelRequest) => AsyncIterable<StreamEvent>): Model {
  return {
    getStreamedResponse: stream,
    async getResponse(request): Promise<ModelResponse> {
      const { ModelBehaviorError, Usage } = await import('./agents-sdk.js')
      for await (const event of stream(request))
        if (event.type === 'response_done') {
          const { id, usage, output } = event.response
          return { responseId: id, usage: new Usage(usage), output }
        }
      throw new ModelBehaviorError('The model ended without an answer.')
    },
  }
}
