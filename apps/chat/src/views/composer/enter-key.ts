/** Whether a key sends: Enter does, Shift+Enter breaks the line, and Enter inside an input method is the method's own. */
export const sends = (event: KeyboardEvent): boolean => event.key === 'Enter' && !event.shiftKey && !composes(event)

/** Whether a key belongs to an input method; where the event does not say so, its code 229 does. */
export const composes = ({ isComposing, keyCode }: KeyboardEvent): boolean => isComposing || keyCode === 229
