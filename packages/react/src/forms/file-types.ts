const MIME_OF_ENDING: Record<string, string> = {
  '.csv': 'text/csv',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
}

/** `['image/*', '.pdf']` as the chat's `accept`: MIME type or pattern → file name endings. */
export function toAccept(types: string[]): Record<string, string[]> {
  const accept: Record<string, string[]> = {}
  for (const type of types) {
    const isEnding = type.startsWith('.')
    const ending = type.toLowerCase()
    const mime = isEnding ? (MIME_OF_ENDING[ending] ?? 'application/octet-stream') : type
    accept[mime] = [...(accept[mime] ?? []), ...(isEnding ? [ending] : [])]
  }
  return accept
}
