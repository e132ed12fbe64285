declare const PARLEY_FRAME_FILES: readonly string[]

/** What the frame loads first, relative to its page; written in by the build of the chat. */
export const FRAME_FILES = PARLEY_FRAME_FILES
