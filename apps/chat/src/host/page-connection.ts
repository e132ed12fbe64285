import type { Channel, FrameApi, PageApi, StartMessage } from '@parley/element/bridge'
import type { ChatSession, SessionHost } from '../store/session-contract.js'

/** The page around the frame, whichever element it uses. */
export interface PageConnection {
  page: Channel<PageApi>
  start: StartMessage
  /** The page lent its microphone when this frame was loaded. */
  hasMicrophone: boolean
  /** Hands over the chat. Commands that arrive before wait for it. */
  serve(chat: FrameCommands): void
  /** Sees the chat from its beginning: there are elements that show something of it on the page. */
  attend?(session: ChatSession): void
  onSend?: SessionHost['onSend']
}

/** The running chat as the page drives it, once it has started. */
export type FrameCommands = Omit<FrameApi, 'start'>

/** Messages of the window from the first moment on, kept until somebody takes them. */
export interface EarlyMessages {
  takeOver(listener: (event: MessageEvent<unknown>) => void): void
}
