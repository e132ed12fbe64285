import { describe, expect, it } from 'vitest'
import { generateAttachmentId } from '../chatkit-server/attachment-id.js'
import { describeAttachmentStore } from './describe-attachment-store.js'

describeAttachmentStore({ describe, it, expect }, 'an attachment store of a few lines', async () => ({
  store: {
    async createAttachment({ name, mime_type }) {
      const id = generateAttachmentId()
      const upload_descriptor = { url: `https://files.test/${id}`, method: 'PUT' as const, headers: {} }
      return mime_type.startsWith('image/')
        ? { id, type: 'image', name, mime_type, upload_descriptor, preview_url: `https://files.test/${id}` }
        : { id, type: 'file', name, mime_type, upload_descriptor }
    },
    deleteAttachment: () => Promise.resolve(),
  },
  context: {},
  close: () => Promise.resolve(),
}))
