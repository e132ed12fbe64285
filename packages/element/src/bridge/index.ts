/** The typed channel between a page and the chat's frame. Both ends are built from here. */
export {
  COMMANDS,
  type Command,
  type FrameApi,
  type PageApi,
  type ShellMessage,
  type ShellWords,
  type StartMessage,
  type WireOptions,
} from './apis.js'
export { BridgeError, type BridgeErrorCode } from './bridge-error.js'
export { type Api, type Channel, openChannel } from './channel.js'
export type {
  Box,
  CustomWidgetLayout,
  CustomWidgetToFrame,
  CustomWidgetToPage,
  CustomWidgetView,
  Side,
} from './custom-widgets.js'
export {
  acceptPort,
  createNonce,
  decodeInvitation,
  encodeInvitation,
  type Invitation,
  offerPort,
} from './handshake.js'
export { callOption, type Detached, detachFunctions } from './option-functions.js'
export { loadFont, type PageFontApi } from './page-fonts.js'
export {
  type FormFile,
  fetchThroughPage,
  type PageFetchApi,
  type PageRequest,
  type PageResponse,
  servePageFetch,
} from './remote-fetch.js'
export { upload } from './upload.js'
