/**
 * What our models emit while they answer, wrapped as `{ type: 'model', event }`: the stream events of OpenAI's Responses
 * API, whatever the host speaks, so that whoever reads a model has one table. Field names are the wire's.
 */
export type ModelEvent =
  | { type: 'response.output_item.added'; item: ModelOutputItem }
  | { type: 'response.content_part.added'; item_id: string; content_index: number; part: ModelContentPart }
  | { type: 'response.output_text.delta'; item_id: string; content_index: number; delta: string }
  | { type: 'response.output_text.done'; item_id: string; content_index: number; text: string }
  | { type: 'response.output_text.annotation.added'; item_id: string; content_index: number; annotation: unknown }
  | { type: 'response.refusal.delta'; item_id: string; content_index: number; delta: string }
  | { type: 'response.refusal.done'; item_id: string; content_index: number; refusal: string }
  | { type: 'response.reasoning_summary_text.delta'; item_id: string; summary_index: number; delta: string }
  | { type: 'response.reasoning_summary_text.done'; item_id: string; summary_index: number; text: string }
  | { type: 'response.function_call_arguments.delta'; item_id: string; delta: string }
  | { type: 'response.function_call_arguments.done'; item_id: string; arguments: string }
  | {
      type: 'response.image_generation_call.partial_image'
      item_id: string
      partial_image_b64: string
      partial_image_index: number
    }
  | { type: 'response.output_item.done'; item: ModelOutputItem }

export type ModelOutputItem =
  | { type: 'message'; id: string; content: ModelContentPart[] }
  | { type: 'reasoning'; id: string }
  | { type: 'function_call'; id: string; call_id: string; name: string; arguments: string }
  | { type: 'image_generation_call'; id: string; result?: string | null }

export type ModelContentPart =
  | { type: 'output_text'; text: string; annotations?: unknown[] }
  | { type: 'refusal'; refusal: string }
  | { type: 'reasoning_text'; text: string }

/** A new id for something a model made; hosts that give every message the same id are not believed. */
export const modelItemId = (prefix: 'msg' | 'fc' | 'rs' | 'call' | 'resp'): string =>
  `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`
