import type { Dialect } from '../dialect.js'
import { encodeError } from './errors.js'
import { type ChatKitOptions, chatKitRoutes, DEFAULT_PATH } from './routes.js'
import { chatKitSocket } from './socket-route.js'

export { decodeRequest } from './decode.js'
export { encodeStream } from './encode-stream.js'
export { answerHttp } from './endpoint-route.js'
export { encodeError } from './errors.js'
export { answerRequest } from './operation-routes.js'
export type { ChatKitOptions } from './routes.js'

/** The ChatKit server protocol: one endpoint whose body says which operation. Source: ChatKit server protocol 1.6.5. */
export const chatKitDialect = <Context>(options: ChatKitOptions<Context>): Dialect => ({
  name: 'chatkit',
  api: async () => (await import('./schema.js')).CHATKIT_API,
  routes: chatKitRoutes(options),
  sockets: [chatKitSocket({ path: options.path ?? DEFAULT_PATH, callOf: options.callOf })],
  encodeError,
})
