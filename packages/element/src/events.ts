/** Every event the element dispatches on itself, with its `detail`. Source: the published ChatKit 1.9 types. */
export interface ChatKitEventDetails {
  'chatkit.ready': undefined
  'chatkit.error': { error: Error }
  'chatkit.effect': { name: string; data?: Record<string, unknown> }
  'chatkit.deeplink': { name: string; data?: Record<string, unknown> }
  'chatkit.response.start': undefined
  'chatkit.response.end': undefined
  'chatkit.thread.change': { threadId: string | null }
  'chatkit.thread.load.start': { threadId: string }
  'chatkit.thread.load.end': { threadId: string }
  'chatkit.tool.change': { toolId: string | null }
  'chatkit.history.open': undefined
  'chatkit.history.close': undefined
  'chatkit.log': { name: string; data?: Record<string, unknown> }
}

export type ChatKitEventName = keyof ChatKitEventDetails
