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

/** A model that also streams events in batches, as they arrived: one promise for all of them. */
export interface BatchingModel extends Model {
  streamBatches(request: ModelRequest): AsyncIterable<StreamEvent[]>
}

/** The same of a function that streams batches. */
export function batchingModel(streamBatches: BatchingModel['streamBatches']): BatchingModel {
  async function* stream(request: ModelRequest): AsyncGenerator<StreamEvent> {
    for await (const events of streamBatches(request)) yield* events
  }
  return { ...streamingModel(stream), streamBatches }
}

/** Calls `tell` with every event of the answer as it comes. */
export async function tellAnswer(
  model: Model,
  request: ModelRequest,
  tell: (event: StreamEvent) => void,
): Promise<void> {
  if (isBatching(model))
    for await (const events of model.streamBatches(request)) for (const event of events) tell(event)
  else for await (const event of model.getStreamedResponse(request)) tell(event)
}

/** The events of an answer in batches, whatever the model: as they arrived where it says so, else one by one. */
export const batchesOf = (model: Model, request: ModelRequest): AsyncIterable<StreamEvent[]> =>
  isBatching(model) ? model.streamBatches(request) : inOnes(model.getStreamedResponse(request))

async function* inOnes(events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent[]> {
  for await (const event of events) yield [event]
}

const isBatching = (model: Model): model is BatchingModel => 'streamBatches' in model
