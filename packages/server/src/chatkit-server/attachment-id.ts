import { randomId } from '../base/random-id.js'

/** An id for a new attachment, e.g. in `createAttachment` of an own attachment store: `atc_` and 24 random hex digits. */
export const generateAttachmentId = (): string => randomId('atc')
