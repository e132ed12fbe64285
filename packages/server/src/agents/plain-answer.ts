import type { Model, ModelRequest } from '@openai/agents-core'
import type { StreamEvent } from '@openai/agents-core/types'
import { tellAnswer } from '../models/streaming-model.js'

/** The end of a model's answer, with all of it. */
export type ModelAnswer = Extract<StreamEvent, { type: 'response_done' }>

/** Asks once and hands over every event as it comes. `undefined`: the model ended without an answer. */
export async function askModel(
  model: Model,
  request: ModelRequest,
  tell: (event: StreamEvent) => void,
): Promise<ModelAnswer | undefined> {
  let answer: ModelAnswer | undefined
  await tellAnswer(model, request, (event) => {
    if (event.type === 'response_done') answer = event
    tell(event)
  })
  return answer
}

/** Whether an answer is words alone and ends with them: it calls nothing, hands nothing over and refuses nothing. */
export function isPlain({ response: { output } }: ModelAnswer): boolean {
  const last = output.at(-1)
  return last?.type === 'message' && output.every((item) => item.type === 'reasoning' || isWords(item))
}

const isWords = (item: ModelAnswer['response']['output'][number]): boolean =>
  item.type === 'message' &&
  item.role === 'assistant' &&
  item.content.length > 0 &&
  item.content.every((part) => part.type === 'output_text' && part.text !== '')
