declare const PARLEY_FRAME_SCRIPTS: readonly string[]

/** The scripts the frame begins with, relative to its page; written in by the build of the chat. */
export const FRAME_SCRIPTS = PARLEY_FRAME_SCRIPTS
